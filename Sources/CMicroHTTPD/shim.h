#pragma once
#include <microhttpd.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <string.h>

// MHD_start_daemon is variadic; results were int before 0.9.71 and are enum MHD_Result since.

typedef int (*wg_mhd_answer)(void *context, struct MHD_Connection *connection, const char *path, const char *method);

struct wg_mhd_server {
  wg_mhd_answer answer;
  void *context;
};

static enum MHD_Result wg_mhd_handle(void *closure, struct MHD_Connection *connection, const char *path, const char *method,
                                     const char *version, const char *upload, size_t *upload_size, void **state) {
  (void)version;
  (void)upload;
  static int seen;
  if (*state == NULL) {  // the first call brings the headers only
    *state = &seen;
    return MHD_YES;
  }
  *upload_size = 0;
  struct wg_mhd_server *server = (struct wg_mhd_server *)closure;
  return server->answer(server->context, connection, path, method) ? MHD_YES : MHD_NO;
}

/// Listens on `host` (an IPv4 address) and `port`, 0 for any; NULL when that is not possible (errno says why).
static inline struct MHD_Daemon *wg_mhd_start(const char *host, unsigned short port, struct wg_mhd_server *server) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1) return NULL;
  return MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, port, NULL, NULL, &wg_mhd_handle, server,
                          MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_CONNECTION_LIMIT, 32u,
                          MHD_OPTION_CONNECTION_TIMEOUT, 10u, MHD_OPTION_END);
}

/// The port that the daemon listens on.
static inline unsigned short wg_mhd_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

/// Sends a whole answer.
static inline int wg_mhd_send(struct MHD_Connection *connection, unsigned int status, const char *type, const void *body,
                              size_t length) {
  struct MHD_Response *response = MHD_create_response_from_buffer(length, (void *)body, MHD_RESPMEM_MUST_COPY);
  if (!response) return 0;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  int sent = MHD_queue_response(connection, status, response) == MHD_YES;
  MHD_destroy_response(response);
  return sent;
}
