#include "check.h"
const struct test layout_tests[] = {{0}};
