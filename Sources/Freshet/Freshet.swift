// Freshet
