/* Files that become shorter while they are mapped. */
#ifndef CLI_CUT_FILE_H
#define CLI_CUT_FILE_H

/* From here on, who reads where a file no longer is says which file that was, and ends the program
 * with CLI_FAILURE; files that are being written have no names yet, and leave no trace. */
void cli_catch_cut_files(void);

#endif
