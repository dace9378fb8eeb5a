/* Preloaded into a process: writes down, in their order, all calls by which it changes files under DISK_ROOT, with what they
   wrote and what they put onto the disk (fsync). From that test/crash/disk.ts makes the disk as a power failure would have left
   it. With DISK_FAULT=N the N-th of these calls fails with DISK_ERRNO instead, once, or from there on with DISK_STAYS=1; calls
   on the file DISK_SPARED never do.
   One lock around the call and its line: what is written down first was done first, whichever thread did it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))next_of(#name))
#define FILES 65536

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static struct { dev_t device; ino_t inode; char known, spared; } files[FILES];
static const char *root, *spared;
static size_t root_length;
static int record = -1;
static long calls, fault, stays;
static int fault_errno = EIO;

static void *next_of(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

__attribute__((constructor)) static void begin(void) {
  root = getenv("DISK_ROOT");
  root_length = root ? strlen(root) : 0;
  const char *to = getenv("DISK_RECORD");
  if (root && to) record = NEXT(open)(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  fault = getenv("DISK_FAULT") ? atol(getenv("DISK_FAULT")) : 0;
  spared = getenv("DISK_SPARED");
  stays = getenv("DISK_STAYS") != NULL;
  if (getenv("DISK_ERRNO")) fault_errno = atoi(getenv("DISK_ERRNO"));
  /* Programs that it starts are others. */
  unsetenv("LD_PRELOAD");
}

static int is_ours(const char *path) {
  return record >= 0 && path && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || !path[root_length]);
}

static int is_our_file(int file) {
  struct stat now;
  if (record < 0 || file < 0 || file >= FILES || !files[file].known || fstat(file, &now) != 0) return 0;
  return now.st_dev == files[file].device && now.st_ino == files[file].inode;
}

static void all(const void *bytes, size_t length) {
  const char *from = bytes;
  while (length > 0) {
    ssize_t done = NEXT(write)(record, from, length);
    if (done < 0) abort();
    from += done;
    length -= (size_t)done;
  }
}

/* A line of JSON; `length` bytes follow it. */
static void note(const void *bytes, size_t length, const char *form, ...) {
  static char line[3 * PATH_MAX];
  va_list list;
  va_start(list, form);
  int size = vsnprintf(line, sizeof line, form, list);
  va_end(list);
  if (size < 0 || (size_t)size >= sizeof line) abort();
  all(line, (size_t)size);
  if (length > 0) all(bytes, length);
}

/* Whether this call is the one that fails. */
static int fails(const char *path, int file) {
  if ((path && spared && strcmp(path, spared) == 0) || (file >= 0 && file < FILES && files[file].spared)) return 0;
  calls++;
  if (fault == 0 || (stays ? calls < fault : calls != fault)) return 0;
  note(NULL, 0, "{\"call\":\"fault\",\"path\":\"%s\"}\n", path ? path : "");
  errno = fault_errno;
  return 1;
}

#define BEGIN pthread_mutex_lock(&turn)
#define END(result) do { int kept = errno; pthread_mutex_unlock(&turn); errno = kept; return (result); } while (0)

static int opened(const char *name, int folder, const char *path, int flags, mode_t mode) {
  int (*plain)(const char *, int, ...) = dlsym(RTLD_NEXT, name);
  int (*at)(int, const char *, int, ...) = dlsym(RTLD_NEXT, name);
  int is_at = strncmp(name, "openat", 6) == 0;
  if (!is_ours(path)) return is_at ? at(folder, path, flags, mode) : plain(path, flags, mode);
  BEGIN;
  struct stat before;
  int makes = (flags & O_CREAT) && lstat(path, &before) != 0;
  int changes = makes || ((flags & O_TRUNC) && (flags & (O_WRONLY | O_RDWR)));
  if (changes && fails(path, -1)) END(-1);
  int file = is_at ? at(folder, path, flags, mode) : plain(path, flags, mode);
  if (file >= 0 && file < FILES) {
    struct stat now;
    fstat(file, &now);
    files[file].device = now.st_dev;
    files[file].inode = now.st_ino;
    files[file].known = 1;
    files[file].spared = spared && strcmp(path, spared) == 0;
    note(NULL, 0, "{\"call\":\"open\",\"file\":%d,\"path\":\"%s\",\"makes\":%s,\"empties\":%s}\n", file, path,
         makes ? "true" : "false", changes && !makes ? "true" : "false");
  }
  END(file);
}

#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    va_list list;                                                                                                      \
    va_start(list, flags);                                                                                             \
    mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                                          \
    va_end(list);                                                                                                      \
    return opened(#name, 0, path, flags, mode);                                                                        \
  }
OPEN(open)
OPEN(open64)
#define OPENAT(name)                                                                                                   \
  int name(int folder, const char *path, int flags, ...) {                                                             \
    va_list list;                                                                                                      \
    va_start(list, flags);                                                                                             \
    mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                                          \
    va_end(list);                                                                                                      \
    return opened(#name, folder, path, flags, mode);                                                                   \
  }
OPENAT(openat)
OPENAT(openat64)

static void wrote(int file, const void *bytes, ssize_t done, off_t at) {
  if (done > 0) {
    note(bytes, (size_t)done, "{\"call\":\"write\",\"file\":%d,\"at\":%lld,\"bytes\":%zd}\n", file, (long long)at, done);
  }
}

ssize_t write(int file, const void *bytes, size_t length) {
  if (!is_our_file(file)) return NEXT(write)(file, bytes, length);
  BEGIN;
  if (fails(NULL, file)) END(-1);
  ssize_t done = NEXT(write)(file, bytes, length);
  wrote(file, bytes, done, lseek(file, 0, SEEK_CUR) - done);
  END(done);
}

#define PWRITE(name, offset)                                                                                           \
  ssize_t name(int file, const void *bytes, size_t length, offset at) {                                                \
    if (!is_our_file(file)) return NEXT(name)(file, bytes, length, at);                                                \
    BEGIN;                                                                                                             \
    if (fails(NULL, file)) END(-1);                                                                                          \
    ssize_t done = NEXT(name)(file, bytes, length, at);                                                                \
    wrote(file, bytes, done, at);                                                                                      \
    END(done);                                                                                                         \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* The parts of one write, as one. */
static char *together(const struct iovec *parts, int count, ssize_t done) {
  char *bytes = malloc((size_t)done + 1);
  ssize_t at = 0;
  for (int part = 0; part < count && at < done; part++) {
    ssize_t length = (ssize_t)parts[part].iov_len < done - at ? (ssize_t)parts[part].iov_len : done - at;
    memcpy(bytes + at, parts[part].iov_base, (size_t)length);
    at += length;
  }
  return bytes;
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  if (!is_our_file(file)) return NEXT(writev)(file, parts, count);
  BEGIN;
  if (fails(NULL, file)) END(-1);
  ssize_t done = NEXT(writev)(file, parts, count);
  if (done > 0) {
    char *bytes = together(parts, count, done);
    wrote(file, bytes, done, lseek(file, 0, SEEK_CUR) - done);
    free(bytes);
  }
  END(done);
}

#define PWRITEV(name, offset)                                                                                          \
  ssize_t name(int file, const struct iovec *parts, int count, offset at) {                                            \
    if (!is_our_file(file)) return NEXT(name)(file, parts, count, at);                                                 \
    BEGIN;                                                                                                             \
    if (fails(NULL, file)) END(-1);                                                                                          \
    ssize_t done = NEXT(name)(file, parts, count, at);                                                                 \
    if (done > 0) {                                                                                                    \
      char *bytes = together(parts, count, done);                                                                      \
      wrote(file, bytes, done, at);                                                                                    \
      free(bytes);                                                                                                     \
    }                                                                                                                  \
    END(done);                                                                                                         \
  }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

/* What the system copies from file to file by itself. */
static void copied(int to, off_t at, ssize_t done) {
  if (done <= 0) return;
  char *bytes = malloc((size_t)done);
  char self[64];
  snprintf(self, sizeof self, "/proc/self/fd/%d", to);
  int again = NEXT(open)(self, O_RDONLY | O_CLOEXEC);
  if (again < 0 || pread(again, bytes, (size_t)done, at) != done) abort();
  close(again);
  wrote(to, bytes, done, at);
  free(bytes);
}

#define SENDFILE(name, offset)                                                                                         \
  ssize_t name(int to, int from, offset *start, size_t length) {                                                       \
    if (!is_our_file(to)) return NEXT(name)(to, from, start, length);                                                  \
    BEGIN;                                                                                                             \
    if (fails(NULL, to)) END(-1);                                                                                          \
    ssize_t done = NEXT(name)(to, from, start, length);                                                                \
    copied(to, lseek(to, 0, SEEK_CUR) - done, done);                                                                   \
    END(done);                                                                                                         \
  }
SENDFILE(sendfile, off_t)
SENDFILE(sendfile64, off64_t)

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags) {
  if (!is_our_file(to)) return NEXT(copy_file_range)(from, from_at, to, to_at, length, flags);
  BEGIN;
  if (fails(NULL, to)) END(-1);
  ssize_t done = NEXT(copy_file_range)(from, from_at, to, to_at, length, flags);
  copied(to, (to_at ? *to_at : lseek(to, 0, SEEK_CUR)) - done, done);
  END(done);
}

#define FTRUNCATE(name, offset)                                                                                        \
  int name(int file, offset length) {                                                                                  \
    if (!is_our_file(file)) return NEXT(name)(file, length);                                                           \
    BEGIN;                                                                                                             \
    if (fails(NULL, file)) END(-1);                                                                                          \
    int result = NEXT(name)(file, length);                                                                             \
    if (result == 0) note(NULL, 0, "{\"call\":\"length\",\"file\":%d,\"at\":%lld}\n", file, (long long)length);        \
    END(result);                                                                                                       \
  }
FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                                                     \
  int name(int file) {                                                                                                 \
    if (!is_our_file(file)) return NEXT(name)(file);                                                                   \
    BEGIN;                                                                                                             \
    if (fails(NULL, file)) END(-1);                                                                                          \
    /* The disk that is made from this needs no real one, and the run ends sooner. */                                  \
    note(NULL, 0, "{\"call\":\"sync\",\"file\":%d}\n", file);                                                          \
    END(0);                                                                                                            \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TWO_NAMES(name)                                                                                                \
  int name(const char *from, const char *to) {                                                                         \
    if (!is_ours(from) && !is_ours(to)) return NEXT(name)(from, to);                                                   \
    BEGIN;                                                                                                             \
    if (fails(to, -1)) END(-1);                                                                                            \
    int result = NEXT(name)(from, to);                                                                                 \
    if (result == 0) note(NULL, 0, "{\"call\":\"" #name "\",\"path\":\"%s\",\"to\":\"%s\"}\n", from, to);              \
    END(result);                                                                                                       \
  }
TWO_NAMES(rename)
TWO_NAMES(link)

#define ONE_NAME(name, said)                                                                                           \
  int name(const char *path) {                                                                                         \
    if (!is_ours(path)) return NEXT(name)(path);                                                                       \
    BEGIN;                                                                                                             \
    struct stat there;                                                                                                 \
    if (lstat(path, &there) == 0 && fails(path, -1)) END(-1);                                                              \
    int result = NEXT(name)(path);                                                                                     \
    if (result == 0) note(NULL, 0, "{\"call\":\"" said "\",\"path\":\"%s\"}\n", path);                                 \
    END(result);                                                                                                       \
  }
ONE_NAME(unlink, "unlink")
ONE_NAME(rmdir, "unlink")
ONE_NAME(remove, "unlink")

int unlinkat(int folder, const char *path, int flags) {
  char whole[PATH_MAX];
  if (path[0] != '/' && folder != AT_FDCWD) {
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(self, whole, sizeof whole - 1);
    if (length < 0) length = 0;
    snprintf(whole + length, sizeof whole - (size_t)length, "/%s", path);
  } else {
    snprintf(whole, sizeof whole, "%s", path);
  }
  if (!is_ours(whole)) return NEXT(unlinkat)(folder, path, flags);
  BEGIN;
  int result = NEXT(unlinkat)(folder, path, flags);
  if (result == 0) note(NULL, 0, "{\"call\":\"unlink\",\"path\":\"%s\"}\n", whole);
  END(result);
}

int mkdir(const char *path, mode_t mode) {
  if (!is_ours(path)) return NEXT(mkdir)(path, mode);
  BEGIN;
  struct stat there;
  if (lstat(path, &there) != 0 && fails(path, -1)) END(-1);
  int result = NEXT(mkdir)(path, mode);
  if (result == 0) note(NULL, 0, "{\"call\":\"mkdir\",\"path\":\"%s\"}\n", path);
  END(result);
}

/* libuv's own way to copy_file_range. A system call has six arguments at most. */
long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_copy_file_range) {
    return copy_file_range((int)a[0], (off64_t *)a[1], (int)a[2], (off64_t *)a[3], (size_t)a[4], (unsigned)a[5]);
  }
  return NEXT(syscall)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
