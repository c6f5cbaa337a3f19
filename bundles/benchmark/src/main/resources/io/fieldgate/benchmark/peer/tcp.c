/* An echo on bare TCP: one thread, epoll, one read and one write for what has arrived. What a message costs without any protocol. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 256

static void fail(const char *what) {
  perror(what);
  exit(1);
}

/* Sends back what has come. Clients wait for their answers, so the socket takes all of it; one that is closed is forgotten. */
static void echo(int client) {
  static char buffer[65536];
  ssize_t count = read(client, buffer, sizeof buffer);
  if (count <= 0 || write(client, buffer, count) != count) {
    close(client);
  }
}

int main(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1024) ||
      getsockname(listener, (struct sockaddr *)&address, &length)) {
    fail("listen");
  }
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  if (poll < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event)) {
    fail("epoll");
  }
  printf("tcp epoll is ready: open http://127.0.0.1:%d/\n", ntohs(address.sin_port));
  fflush(stdout);
  for (;;) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poll, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      if (events[i].data.fd != listener) {
        echo(events[i].data.fd);
        continue;
      }
      int client = accept(listener, NULL, NULL);
      int on = 1;
      event.data.fd = client;
      if (client < 0 || setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) ||
          epoll_ctl(poll, EPOLL_CTL_ADD, client, &event)) {
        fail("accept");
      }
    }
  }
}
