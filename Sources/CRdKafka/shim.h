// Owns the C declarations of librdkafka that Swift sees, its mock cluster among them.
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
