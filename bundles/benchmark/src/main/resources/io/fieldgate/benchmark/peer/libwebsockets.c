/*
 * libwebsockets with its own event loop, one thread, as its examples do it: a message that has come is queued, and written when the
 * library says that the socket takes it. A message to many is kept once and counted.
 */
#include <libwebsockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define QUEUE 64

struct message {
  int users;
  size_t length;
  unsigned char *bytes; /* LWS_PRE bytes of room for the library, then the payload */
};

struct session {
  struct session *next;
  struct lws *wsi;
  struct message *incoming;
  struct message *queue[QUEUE];
  unsigned first, count;
  int publisher, subscriber;
};

static struct session *subscribers;
static volatile sig_atomic_t stopped;

static struct message *grown(struct message *message, const void *bytes, size_t length) {
  if (!message) {
    message = calloc(1, sizeof *message);
  }
  message->bytes = realloc(message->bytes, LWS_PRE + message->length + length);
  memcpy(message->bytes + LWS_PRE + message->length, bytes, length);
  message->length += length;
  return message;
}

static void release(struct message *message) {
  if (message && --message->users <= 0) {
    free(message->bytes);
    free(message);
  }
}

/* Who does not keep up is closed: a benchmark that loses messages is void. */
static int queue(struct session *session, struct message *message) {
  if (session->count == QUEUE) {
    return -1;
  }
  message->users++;
  session->queue[(session->first + session->count++) % QUEUE] = message;
  lws_callback_on_writable(session->wsi);
  return 0;
}

static int received(struct session *session, void *in, size_t length) {
  session->incoming = grown(session->incoming, in, length);
  if (!lws_is_final_fragment(session->wsi) || lws_remaining_packet_payload(session->wsi)) {
    return 0;
  }
  struct message *message = session->incoming;
  session->incoming = NULL;
  message->users++;
  int result = 0;
  if (session->publisher) {
    for (struct session *to = subscribers; to; to = to->next) {
      if (queue(to, message)) {
        lws_set_timeout(to->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
      }
    }
  } else {
    result = queue(session, message);
  }
  release(message);
  return result;
}

static int written(struct session *session) {
  if (!session->count) {
    return 0;
  }
  struct message *message = session->queue[session->first];
  int done = lws_write(session->wsi, message->bytes + LWS_PRE, message->length, LWS_WRITE_TEXT);
  session->first = (session->first + 1) % QUEUE;
  session->count--;
  int failed = done < (int)message->length;
  release(message);
  if (session->count) {
    lws_callback_on_writable(session->wsi);
  }
  return failed ? -1 : 0;
}

static void opened(struct session *session, struct lws *wsi) {
  char path[64] = "";
  lws_hdr_copy(wsi, path, sizeof path, WSI_TOKEN_GET_URI);
  session->wsi = wsi;
  session->publisher = !strcmp(path, "/fan/publish");
  session->subscriber = !strcmp(path, "/fan/subscribe");
  if (session->subscriber) {
    session->next = subscribers;
    subscribers = session;
  }
}

static void closed(struct session *session) {
  for (struct session **at = &subscribers; *at; at = &(*at)->next) {
    if (*at == session) {
      *at = session->next;
      break;
    }
  }
  for (; session->count; session->count--) {
    release(session->queue[session->first]);
    session->first = (session->first + 1) % QUEUE;
  }
  release(session->incoming);
}

static int page(struct lws *wsi) {
  static const char text[] = "<title>libwebsockets</title>";
  unsigned char buffer[LWS_PRE + 512], *start = buffer + LWS_PRE, *at = start;
  if (lws_add_http_common_headers(wsi, HTTP_STATUS_OK, "text/html", sizeof text - 1, &at, buffer + sizeof buffer - 1) ||
      lws_finalize_write_http_header(wsi, start, &at, buffer + sizeof buffer - 1)) {
    return -1;
  }
  memcpy(start, text, sizeof text - 1);
  if (lws_write(wsi, start, sizeof text - 1, LWS_WRITE_HTTP_FINAL) != sizeof text - 1) {
    return -1;
  }
  return lws_http_transaction_completed(wsi) ? -1 : 0;
}

static int event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length) {
  switch (reason) {
  case LWS_CALLBACK_HTTP:
    return page(wsi);
  case LWS_CALLBACK_ESTABLISHED:
    opened(user, wsi);
    return 0;
  case LWS_CALLBACK_RECEIVE:
    return received(user, in, length);
  case LWS_CALLBACK_SERVER_WRITEABLE:
    return written(user);
  case LWS_CALLBACK_CLOSED:
    closed(user);
    return 0;
  default:
    return 0;
  }
}

static void stop(int number) {
  (void)number;
  stopped = 1;
}

int main(void) {
  /* The library makes its tables for as many connections as there may be open files. */
  struct rlimit files;
  if (!getrlimit(RLIMIT_NOFILE, &files)) {
    files.rlim_cur = files.rlim_max < 65536 ? files.rlim_max : 65536;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  signal(SIGTERM, stop);
  lws_set_log_level(LLL_ERR | LLL_WARN, NULL);
  static const struct lws_protocols protocols[] = {
      {.name = "benchmark", .callback = event, .per_session_data_size = sizeof(struct session), .rx_buffer_size = 4096}, {0}};
  static const struct lws_extension extensions[] = {
      {"permessage-deflate", lws_extension_callback_pm_deflate, "permessage-deflate"}, {0}};
  struct lws_context_creation_info info = {0};
  info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DISABLE_IPV6;
  struct lws_context *context = lws_create_context(&info);
  info.port = 0;
  info.iface = "127.0.0.1";
  info.protocols = protocols;
  info.extensions = extensions;
  struct lws_vhost *host = context ? lws_create_vhost(context, &info) : NULL;
  if (!host) {
    fprintf(stderr, "libwebsockets does not start\n");
    return 1;
  }
  printf("libwebsockets %d.%d.%d is ready: open http://127.0.0.1:%d/\n", LWS_LIBRARY_VERSION_MAJOR, LWS_LIBRARY_VERSION_MINOR,
         LWS_LIBRARY_VERSION_PATCH, lws_get_vhost_listen_port(host));
  fflush(stdout);
  while (!stopped && lws_service(context, 0) >= 0) {
  }
  lws_context_destroy(context);
  return 0;
}
