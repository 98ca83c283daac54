#include "publish/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum allowed_table columns_table(const char *path)
{
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    for (int i = 0; i < ALLOWED_TABLES; i++) {
        size_t length = strlen(allowed_tables[i]);
        if (strncmp(name, allowed_tables[i], length) == 0 &&
            strcmp(name + length, ".csv") == 0)
            return (enum allowed_table)i;
    }
    return ALLOWED_TABLES;
}

enum terramis_status columns_open(struct columns *columns, const char *path,
                                  enum terramis_status unreadable)
{
    size_t room = 0;
    *columns = (struct columns){NULL, NULL};
    FILE *file = fopen(path, "rb");
    bool got = file && getline(&columns->line, &room, file) > 0;
    if (file)
        fclose(file);
    if (got)
        columns->line[strcspn(columns->line, "\r\n")] = '\0';
    if (!got || !columns->line[0])
        return status_set(unreadable, _("cannot read %s"), path);
    columns->rest = columns->line;
    return TERRAMIS_OK;
}

const char *columns_next(struct columns *columns)
{
    return strsep(&columns->rest, ",");
}

void columns_close(struct columns *columns)
{
    free(columns->line);
    *columns = (struct columns){NULL, NULL};
}
