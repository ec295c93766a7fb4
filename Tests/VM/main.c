/* Runs one test by name, or lists them. See check.h. */
#include "check.h"

#include <string.h>

static const struct test *const tables[] = {display_tests, export_tests,        import_tests,      layout_tests,
                                            fence_tests,   fence_hostile_tests, fence_number_tests};
enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

int main(int count, char **arguments)
{
   setvbuf(stdout, NULL, _IOLBF, 0);
   if (count != 2) {
      fprintf(stderr, "usage: vm-tests --list | NAME\n");
      return 2;
   }
   for (int table = 0; table < TABLES; table++)
      for (const struct test *test = tables[table]; test->name; test++) {
         if (strcmp(arguments[1], "--list") == 0) {
            puts(test->name);
         } else if (strcmp(arguments[1], test->name) == 0) {
            test->run(test->host);
            return 0;
         }
      }
   if (strcmp(arguments[1], "--list") == 0)
      return 0;
   fprintf(stderr, "vm-tests: no test %s\n", arguments[1]);
   return 2;
}
