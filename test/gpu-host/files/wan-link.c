/*
 * A slow line between this network namespace and another one.
 *
 *   wan-link PID HERE THERE      addresses of the two ends; PID is any process of the other namespace
 *
 * Each end is a TUN device, so both ends are the kernel's own TCP; what goes in between waits here. Standard input takes
 * one command a line: "line DELAY_US BYTES_PER_SECOND" (one way), "cut", "heal". The line ends with its standard input,
 * and both devices go with it. Linux has netem for this, but not every kernel is built with it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PACKET_BYTES 2048
/* Enough for 1 Gbit/s over 100 ms in full packets. */
#define RING 16384
/* A router's buffer: what would wait longer for its turn is dropped, as TCP expects of a full line. */
#define QUEUE_NS 50000000LL
/* Link-layer bytes that a packet takes on a real line beside its own. */
#define FRAME_BYTES 14

struct packet {
  int64_t due;
  int length;
  unsigned char bytes[PACKET_BYTES];
};

struct direction {
  int from, to;
  struct packet *ring;
  unsigned head, tail;
  int64_t idle_at; /* when the line has sent everything it took so far */
};

static int64_t delay_ns = 0;
static double ns_per_byte = 0;
static int is_cut = 0;

static int64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void set_up(int control, struct ifreq *request) {
  if (ioctl(control, SIOCGIFFLAGS, request) < 0) die("SIOCGIFFLAGS");
  request->ifr_flags |= IFF_UP | IFF_RUNNING;
  if (ioctl(control, SIOCSIFFLAGS, request) < 0) die("SIOCSIFFLAGS");
}

static void set_address(int control, struct ifreq *request, unsigned long what, const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  if (inet_pton(AF_INET, text, &address.sin_addr) != 1) die(text);
  memcpy(&request->ifr_addr, &address, sizeof address);
  if (ioctl(control, what, request) < 0) die(text);
}

/* Opens one end in the present namespace; the device lives as long as this process. */
static int open_end(const char *own, const char *peer) {
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (device < 0) die("/dev/net/tun");
  struct ifreq request = {.ifr_name = "cosmos%d"};
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(device, TUNSETIFF, &request) < 0) die("TUNSETIFF");

  int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (control < 0) die("socket");
  request.ifr_qlen = 5000; /* a burst must wait here, not be lost before it comes to the line */
  if (ioctl(control, SIOCSIFTXQLEN, &request) < 0) die("SIOCSIFTXQLEN");
  set_address(control, &request, SIOCSIFADDR, own);
  set_address(control, &request, SIOCSIFDSTADDR, peer);
  set_up(control, &request);
  struct ifreq loopback = {.ifr_name = "lo"};
  set_up(control, &loopback);
  close(control);
  return device;
}

static void enter_network_of(const char *pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/ns/net", pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || setns(file, CLONE_NEWNET) < 0) die(path);
  close(file);
}

/* Takes what has arrived: each packet gets its turn on the line, and then its way. */
static void take(struct direction *line) {
  while (line->head - line->tail < RING) {
    struct packet *packet = &line->ring[line->head % RING];
    packet->length = read(line->from, packet->bytes, PACKET_BYTES);
    if (packet->length <= 0) return;
    int64_t now = now_ns();
    int64_t turn = line->idle_at > now ? line->idle_at : now;
    if (is_cut || turn - now > QUEUE_NS) continue;
    line->idle_at = turn + (int64_t)((packet->length + FRAME_BYTES) * ns_per_byte);
    packet->due = line->idle_at + delay_ns;
    line->head++;
  }
}

/* Gives what is due; returns when the next one is, or `latest`. */
static int64_t give(struct direction *line, int64_t latest) {
  while (line->tail != line->head) {
    struct packet *packet = &line->ring[line->tail % RING];
    if (packet->due > now_ns()) return packet->due < latest ? packet->due : latest;
    if (!is_cut && write(line->to, packet->bytes, packet->length) < 0 && errno == EAGAIN) return now_ns() + 100000;
    line->tail++;
  }
  return latest;
}

static void obey(void) {
  char text[256];
  ssize_t length = read(STDIN_FILENO, text, sizeof text - 1);
  if (length <= 0) exit(0);
  text[length] = '\0';
  for (char *rest = text, *command; (command = strsep(&rest, "\n")) != NULL;) {
    long long delay_us;
    double rate;
    if (sscanf(command, "line %lld %lf", &delay_us, &rate) == 2) {
      delay_ns = delay_us * 1000;
      ns_per_byte = 1e9 / rate;
    }
    if (strcmp(command, "cut") == 0) is_cut = 1;
    if (strcmp(command, "heal") == 0) is_cut = 0;
  }
}

int main(int count, char **words) {
  if (count != 4) return 2;
  prctl(PR_SET_TIMERSLACK, 1000); /* nanoseconds; the usual 50,000 would add to every packet */
  int here = open_end(words[2], words[3]);
  enter_network_of(words[1]);
  int there = open_end(words[3], words[2]);
  struct direction lines[2] = {{.from = here, .to = there}, {.from = there, .to = here}};
  for (int i = 0; i < 2; i++) {
    lines[i].ring = malloc(sizeof(struct packet) * RING);
    if (lines[i].ring == NULL) die("malloc");
  }
  puts("ready");
  fflush(stdout);
  for (;;) {
    int64_t next = now_ns() + 100000000;
    for (int i = 0; i < 2; i++) {
      take(&lines[i]);
      next = give(&lines[i], next);
    }
    int64_t wait = next - now_ns();
    struct timespec timeout = {.tv_sec = 0, .tv_nsec = wait > 0 ? wait : 0};
    struct pollfd files[3] = {{here, POLLIN, 0}, {there, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    ppoll(files, 3, &timeout, NULL);
    if (files[2].revents != 0) obey();
  }
}
