/**
 * The program of the daemon. It only gives libuv its pool of threads before anything uses one: a module is too late for
 * that, because reading it does (nodejs.org/api/cli.html, UV_THREADPOOL_SIZE). Disks that do not answer keep threads.
 */
process.env.UV_THREADPOOL_SIZE ??= '64';
void import('./main.js').then(({ run }) => run());
