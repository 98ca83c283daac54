/**
 * @file file_list.h
 * @brief What is below a folder.
 */
#ifndef OUTPUT_FILE_LIST_H
#define OUTPUT_FILE_LIST_H

#include <stddef.h>

#include "base/status.h"

/** Paths below the folder, with "/", in the order of their bytes. What is
 * neither file nor folder, such as a link, is listed but not followed. */
struct file_list {
    char **items;
    size_t count, room;
};

/** Is `path`, below the folder, a regular file and no link? */
bool file_list_regular(const char *dir, const char *path);

/** The caller releases in either case. TERRAMIS_OUTPUT where a folder cannot be
 * read. */
enum terramis_status file_list_read(const char *dir, struct file_list *list);
bool file_list_has(const struct file_list *list, const char *path);
void file_list_release(struct file_list *list);

#endif
