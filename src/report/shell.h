/* A command line to be copied into a shell. */
#ifndef SMI_REPORT_SHELL_H
#define SMI_REPORT_SHELL_H

#include "report/html.h"

/* Writes a word such that a shell takes it for this word and nothing else: bare where it may be,
 * in single quotes otherwise or, with controls or bytes that are not UTF-8 in it, as $'…', which
 * bash, ksh and zsh read. */
void smi_html_shell_word(smi_html *html, const char *word);

#endif
