/**
 * `setup-tls` and `rotate` of a daemon that stands in for dockerd, killed at every boundary of their runs: while they are
 * carried out, and while the next run puts back what the killed one left. Afterwards each file is compared, bytes, mode and
 * owner, with what it was, the daemon has to serve what it served, and no key may stand in what is kept of the runs.
 *
 * Prints `docker-tls: killed at K of K steps: F finished, R rolled back, 0 lost`.
 */
export async function crashDockerTls([role, ...rest]: readonly string[]): Promise<number> {
  // What a process loads costs more than all that it does: the one that is killed loads as little as it can.
  if (role === 'child') return (await import('./killed.js')).killed(rest)
  if (process.getuid?.() === 0) return (await import('./kill-everywhere.js')).killEverywhere()
  process.stdout.write('docker-tls: owners of files cannot be tested without root: not run\n')
  return 3
}
