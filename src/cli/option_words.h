/* Which options the words of a command line name. */
#ifndef CLI_OPTION_WORDS_H
#define CLI_OPTION_WORDS_H

#include "cli/option.h"

/* Checks, before a value is read, that every option on the command line is one of the command's,
 * spelt in full, and has a value where it takes one, and only there. Ends the program, having said
 * what is wrong, where that is not so. */
void cli_check_words(const cli_syntax *syntax, int argument_count, char *const *argument_list);

#endif
