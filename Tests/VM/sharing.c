#include "check.h"
const struct test sharing_tests[] = {{0}};
