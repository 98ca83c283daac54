#include "output/commune.h"

#include <ctype.h>
#include <string.h>

/* c: what may stand at a place of the identifier. */
static bool fits(char c, char pattern)
{
    unsigned char u = (unsigned char)c;
    switch (pattern) {
    case '9':
        return isdigit(u);
    case 'd': /* the second character of a department: 2A, 2B */
        return isdigit(u) || c == 'A' || c == 'B';
    default:
        return isdigit(u) || isupper(u);
    }
}

bool commune_code(const char *id, char code[COMMUNE_CODE])
{
    static const char pattern[] = "9d999999xx9999";
    size_t length = sizeof pattern - 1;
    if (!id || strlen(id) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!fits(id[i], pattern[i]))
            return false;
    memcpy(code, id, 5);
    code[5] = '\0';
    return true;
}
