/*
 * launcher: starts a command as weston-launch would, which Debian does not package: opens devices for weston.
 *
 *   launcher COMMAND [ARGUMENT]…
 *
 * For guests of the rigs without logind. The command finds a socket in WESTON_LAUNCHER_SOCK and its terminal in
 * WESTON_TTY_FD. It asks with { opcode 0, flags of open(2), path } and gets { event 3, 0 or -1 } with the descriptor.
 * Ends with the command's status, or 128 and the signal that ended it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OPEN = 0, OPEN_REPLY = 3 };

struct Request {
  int opcode, flags;
  char path[256];
};

struct Reply {
  int event, result;
};

static void answer(int socket, int device) {
  struct Reply reply = {OPEN_REPLY, device < 0 ? -1 : 0};
  struct iovec part = {&reply, sizeof reply};
  union {
    char bytes[CMSG_SPACE(sizeof device)];
    struct cmsghdr head;
  } control = {0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (device >= 0) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    control.head.cmsg_len = CMSG_LEN(sizeof device);
    memcpy(CMSG_DATA(&control.head), &device, sizeof device);
  }
  if (sendmsg(socket, &message, MSG_NOSIGNAL) < 0) perror("launcher: answer");
}

static void export_descriptor(const char *name, int descriptor) {
  char text[16];
  snprintf(text, sizeof text, "%d", descriptor);
  setenv(name, text, 1);
}

static void start(char **command, int socket) {
  setsid();
  int terminal = open("/dev/tty1", O_RDWR);
  if (terminal < 0) perror("launcher: /dev/tty1");
  export_descriptor("WESTON_LAUNCHER_SOCK", socket);
  export_descriptor("WESTON_TTY_FD", terminal);
  execvp(command[0], command);
  perror(command[0]);
  _exit(127);
}

int main(int count, char **arguments) {
  int sockets[2];
  if (count < 2 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets) < 0) {
    fprintf(stderr, "launcher: COMMAND [ARGUMENT]…\n");
    return 2;
  }
  pid_t child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    close(sockets[0]);
    start(arguments + 1, sockets[1]);
  }
  close(sockets[1]);
  struct Request request;
  ssize_t length;
  while ((length = recv(sockets[0], &request, sizeof request - 1, 0)) > 0) {
    ((char *)&request)[length] = 0;
    if (request.opcode != OPEN) continue;
    int device = open(request.path, request.flags | O_CLOEXEC | O_NOCTTY);
    answer(sockets[0], device);
    if (device >= 0) close(device);
  }
  int status;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
