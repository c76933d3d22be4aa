// Owns the C declarations of LMDB that Swift sees.
#include <lmdb.h>
