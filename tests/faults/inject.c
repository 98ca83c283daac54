/* A library for LD_PRELOAD that makes the nth call of a kind fail, as full
 * disks, bad sectors and lack of memory do:
 *
 *     FAULT=write:17     the 17th write fails
 *     FAULT=write:17+    the 17th and all that follow
 *     FAULT=write:0      none
 *     FAULT=write@1f     the first one from the place 1f of the program
 *     FAULT=write@0      none
 *
 * Kinds: malloc, read, write, fsync, rename, open, thread. FAULT_COUNT names a
 * file that takes the number of calls, or the places seen, FAULT_TRACE asks for
 * a backtrace of those that fail. Calls count from main() to its return. Of
 * malloc only calls by the program itself and its library count: GLib and GDAL
 * abort by design when they get no memory. What is written to stderr does not
 * count: where it fails nothing could be told. A crash writes its backtrace
 * there (addr2line -fe PROGRAM 0x1f for "PROGRAM(+0x1f)").
 *
 * A program under ASan wants ASAN_OPTIONS=verify_asan_link_order=0: its malloc
 * is the next one after this library's, and the C library's after that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <inttypes.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum kind {
    MALLOC,
    READ,
    WRITE,
    FSYNC,
    RENAME,
    OPEN,
    THREAD,
    KINDS
};

/* A place of the program: the last calls that led here, as a number that is the
 * same from run to run. 0: none. */
enum {
    PLACE_DEPTH = 3,
    PLACES_MOST = 1 << 14,
    FRAMES_MOST = 48
};

static const char *const names[KINDS] = {"malloc", "read", "write", "fsync",
                                         "rename", "open", "thread"};
/* what a machine says in that case */
static const int codes[KINDS] = {ENOMEM, EIO,    ENOSPC, EIO,
                                 EACCES, EMFILE, EAGAIN};

static atomic_bool armed;
static int chosen = KINDS;
static long wanted;
static bool persistent;
static bool by_place;
static uint64_t wanted_place;
static _Atomic uint64_t places[PLACES_MOST];
static atomic_long calls;
static uintptr_t program_begin, program_end;

/* The next definition of a function, found once. dlsym() itself allocates:
 * until it has answered, memory comes from a small reserve. */
#define NEXT(name)                                                             \
    static __typeof__(&name) next;                                             \
    if (!next)                                                                 \
    *(void **)&next = dlsym(RTLD_NEXT, #name)

static char reserve[16384];
static atomic_size_t reserved;

static void *from_reserve(size_t size)
{
    size_t at = atomic_fetch_add(&reserved, (size + 15) & ~(size_t)15);
    if (at + size > sizeof reserve)
        abort();
    return reserve + at;
}

static bool in_reserve(const void *memory)
{
    return (const char *)memory >= reserve &&
           (const char *)memory < reserve + sizeof reserve;
}

static bool by_program(const void *caller)
{
    return (uintptr_t)caller >= program_begin &&
           (uintptr_t)caller < program_end;
}

static uint64_t place_of_call(void)
{
    void *frames[FRAMES_MOST];
    int count = backtrace(frames, FRAMES_MOST);
    uint64_t place = 0;
    for (int i = 0, depth = 0; i < count && depth < PLACE_DEPTH; i++) {
        if (!by_program(frames[i]))
            continue;
        place = (place ^ ((uintptr_t)frames[i] - program_begin)) *
                UINT64_C(0x100000001b3);
        depth++;
    }
    return place;
}

/* Is it the first call from there? Notes it. */
static bool new_place(uint64_t place)
{
    for (size_t i = 0; i < PLACES_MOST; i++) {
        _Atomic uint64_t *slot = &places[(place + i) % PLACES_MOST];
        uint64_t found = 0;
        if (atomic_compare_exchange_strong(slot, &found, place))
            return true;
        if (found == place)
            return false;
    }
    abort(); /* too many places for the table */
}

static bool has_turn(void)
{
    if (by_place) {
        uint64_t place = place_of_call();
        return place && new_place(place) && place == wanted_place;
    }
    long n = atomic_fetch_add(&calls, 1) + 1;
    return wanted != 0 && (n == wanted || (n > wanted && persistent));
}

/* Is it this call's turn to fail? Sets errno then. */
static bool fails(enum kind kind)
{
    if (!armed || (int)kind != chosen || !has_turn())
        return false;
    if (getenv("FAULT_TRACE")) {
        void *frames[32];
        backtrace_symbols_fd(frames, backtrace(frames, 32), 2);
    }
    errno = codes[kind];
    return true;
}

#define ALLOCATION_FAILS                                                       \
    (armed && chosen == MALLOC && by_program(__builtin_return_address(0)) &&   \
     fails(MALLOC))

static int find_program(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    (void)data;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type != PT_LOAD || !(p->p_flags & PF_X))
            continue;
        program_begin = info->dlpi_addr + p->p_vaddr;
        program_end = program_begin + p->p_memsz;
    }
    return 1; /* the program comes first */
}

static void read_wish(void)
{
    const char *wish = getenv("FAULT");
    const char *colon = wish ? strpbrk(wish, ":@") : NULL;
    if (!colon)
        return;
    for (int i = 0; i < KINDS; i++)
        if (strlen(names[i]) == (size_t)(colon - wish) &&
            strncmp(names[i], wish, (size_t)(colon - wish)) == 0)
            chosen = i;
    by_place = *colon == '@';
    if (by_place) {
        wanted_place = strtoull(colon + 1, NULL, 16);
        return;
    }
    char *end;
    wanted = strtol(colon + 1, &end, 10);
    persistent = *end == '+';
}

static void on_crash(int number)
{
    void *frames[FRAMES_MOST];
    backtrace_symbols_fd(frames, backtrace(frames, FRAMES_MOST), 2);
    raise(number);
}

/* With threads a crash may not come a second time: the first one says where it
 * was. A sanitizer's handlers stay. */
static void tell_crashes(void)
{
    static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    const struct sigaction ours = {.sa_handler = on_crash,
                                   .sa_flags = (int)SA_RESETHAND | SA_NODEFER};
    struct sigaction theirs;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &theirs) == 0 &&
            theirs.sa_handler == SIG_DFL)
            sigaction(numbers[i], &ours, NULL);
}

static void tell_count(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "we") : NULL;
    if (!file)
        return;
    if (!by_place)
        fprintf(file, "%ld\n", (long)calls);
    for (size_t i = 0; i < PLACES_MOST; i++)
        if (places[i])
            fprintf(file, "%" PRIx64 "\n", (uint64_t)places[i]);
    if (fclose(file) != 0)
        abort();
}

static int (*program_main)(int, char **, char **);

static int guarded_main(int argc, char **argv, char **environment)
{
    void *frame;
    backtrace(&frame, 1); /* the first one allocates */
    read_wish();
    tell_crashes();
    dl_iterate_phdr(find_program, NULL);
    armed = true;
    int code = program_main(argc, argv, environment);
    armed = false;
    tell_count();
    return code;
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*end)(void),
                      void *stack);
int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*end)(void),
                      void *stack)
{
    NEXT(__libc_start_main);
    program_main = main;
    return next(guarded_main, argc, argv, init, fini, end, stack);
}

/* ---- memory */
/* dlsym() is at work. ASan, not ready yet, stands before __tls_get_addr(): this
 * is found without it. volatile: dlsym() is declared as if it never came back
 * to these functions. */
static _Thread_local volatile bool asking
    __attribute__((tls_model("initial-exec")));

#define NEXT_ALLOCATOR(name)                                                   \
    static __typeof__(&name) next;                                             \
    if (!next && !asking) {                                                    \
        asking = true;                                                         \
        *(void **)&next = dlsym(RTLD_NEXT, #name);                             \
        asking = false;                                                        \
    }

void *malloc(size_t size)
{
    NEXT_ALLOCATOR(malloc)
    if (!next)
        return from_reserve(size);
    return ALLOCATION_FAILS ? NULL : next(size);
}

void *calloc(size_t count, size_t size)
{
    NEXT_ALLOCATOR(calloc)
    if (!next)
        return from_reserve(count * size); /* zero: nobody used it */
    return ALLOCATION_FAILS ? NULL : next(count, size);
}

void *realloc(void *memory, size_t size)
{
    NEXT_ALLOCATOR(realloc)
    if (!next || in_reserve(memory)) {
        void *grown = malloc(size);
        if (grown && memory) {
            size_t most = (size_t)(reserve + sizeof reserve - (char *)memory);
            memcpy(grown, memory, size < most ? size : most);
        }
        return grown;
    }
    return ALLOCATION_FAILS ? NULL : next(memory, size);
}

void free(void *memory)
{
    NEXT_ALLOCATOR(free)
    if (memory && next && !in_reserve(memory))
        next(memory);
}

char *strdup(const char *text)
{
    NEXT(strdup);
    return ALLOCATION_FAILS ? NULL : next(text);
}

char *strndup(const char *text, size_t size)
{
    NEXT(strndup);
    return ALLOCATION_FAILS ? NULL : next(text, size);
}

/* ---- files */
ssize_t read(int file, void *bytes, size_t size)
{
    NEXT(read);
    return fails(READ) ? -1 : next(file, bytes, size);
}

ssize_t pread(int file, void *bytes, size_t size, off_t at)
{
    NEXT(pread);
    return fails(READ) ? -1 : next(file, bytes, size, at);
}

ssize_t pread64(int file, void *bytes, size_t size, off64_t at)
{
    NEXT(pread64);
    return fails(READ) ? -1 : next(file, bytes, size, at);
}

size_t fread(void *bytes, size_t size, size_t count, FILE *stream)
{
    NEXT(fread);
    if (!fails(READ))
        return next(bytes, size, count, stream);
    stream->_flags |= _IO_ERR_SEEN;
    return 0;
}

ssize_t write(int file, const void *bytes, size_t size)
{
    NEXT(write);
    return file != 2 && fails(WRITE) ? -1 : next(file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    NEXT(pwrite);
    return fails(WRITE) ? -1 : next(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    NEXT(pwrite64);
    return fails(WRITE) ? -1 : next(file, bytes, size, at);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *stream)
{
    NEXT(fwrite);
    if (stream == stderr || !fails(WRITE))
        return next(bytes, size, count, stream);
    stream->_flags |= _IO_ERR_SEEN;
    return 0;
}

int fflush(FILE *stream)
{
    NEXT(fflush);
    if (stream == stderr || !fails(WRITE))
        return next(stream);
    if (stream)
        stream->_flags |= _IO_ERR_SEEN;
    return EOF;
}

/* What is left in the buffer is written now: that of a stream for writing may
 * fail. It is closed all the same. */
int fclose(FILE *stream)
{
    NEXT(fclose);
    bool writes = stream->_IO_write_ptr > stream->_IO_write_base;
    bool failing = stream != stderr && writes && fails(WRITE);
    int code = next(stream);
    if (!failing)
        return code;
    errno = codes[WRITE];
    return EOF;
}

int fsync(int file)
{
    NEXT(fsync);
    return fails(FSYNC) ? -1 : next(file);
}

int fdatasync(int file)
{
    NEXT(fdatasync);
    return fails(FSYNC) ? -1 : next(file);
}

int rename(const char *from, const char *to)
{
    NEXT(rename);
    return fails(RENAME) ? -1 : next(from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to,
              unsigned flags)
{
    NEXT(renameat2);
    return fails(RENAME) ? -1 : next(from_folder, from, to_folder, to, flags);
}

#define MODE_OF(flags, mode)                                                   \
    mode_t mode = 0;                                                           \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                   \
        va_list args;                                                          \
        va_start(args, flags);                                                 \
        mode = va_arg(args, mode_t);                                           \
        va_end(args);                                                          \
    }

int open(const char *path, int flags, ...)
{
    NEXT(open);
    MODE_OF(flags, mode)
    return fails(OPEN) ? -1 : next(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    NEXT(open64);
    MODE_OF(flags, mode)
    return fails(OPEN) ? -1 : next(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    NEXT(openat);
    MODE_OF(flags, mode)
    return fails(OPEN) ? -1 : next(folder, path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    NEXT(fopen);
    return fails(OPEN) ? NULL : next(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    NEXT(fopen64);
    return fails(OPEN) ? NULL : next(path, mode);
}

/* ---- threads */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*start)(void *), void *data)
{
    NEXT(pthread_create);
    return fails(THREAD) ? errno : next(thread, attributes, start, data);
}
