#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char message[SMI_MESSAGE_SIZE];

/* Cuts off what may be the beginning of a longer UTF-8 sequence. */
static void end_at_character(char *const text)
{
    size_t length = strlen(text);
    while (length > 0 && ((unsigned char)text[length - 1] & 0xc0U) == 0x80U) {
        length--;
    }
    if (length > 0 && (unsigned char)text[length - 1] >= 0xc0U) {
        length--;
    }
    text[length] = '\0';
}

void smi_set_message(const char *const format, ...)
{
    char text[SMI_MESSAGE_SIZE]; /* first here: an argument may be the present message */
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text[0] = '\0';
    } else if ((size_t)length >= sizeof text) {
        end_at_character(text);
    }
    memcpy(message, text, sizeof message);
}

const char *sm_error_message(void)
{
    return message;
}

const char *sm_status_name(const sm_status status)
{
    switch (status) {
    case SM_OK:
        return "SM_OK";
    case SM_ERROR_ARGUMENT:
        return "SM_ERROR_ARGUMENT";
    case SM_ERROR_MEMORY:
        return "SM_ERROR_MEMORY";
    case SM_ERROR_IO:
        return "SM_ERROR_IO";
    case SM_ERROR_FORMAT:
        return "SM_ERROR_FORMAT";
    case SM_ERROR_DATA:
        return "SM_ERROR_DATA";
    case SM_ERROR_DIVERGED:
        return "SM_ERROR_DIVERGED";
    }
    return "unknown status";
}

const char *sm_version(void)
{
    return SM_VERSION_STRING;
}
