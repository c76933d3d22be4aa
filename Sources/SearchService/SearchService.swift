// SearchService
