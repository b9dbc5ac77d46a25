import { unknown, type Host } from '../model/index.js'
import type { FailOptions, Report } from './define-check.js'
import { describeMode, writableByOthers } from './writable-by-others.js'

/** Fails for each place on the way to `path` that others than root may write; unknown where modes were not kept. */
export function judgeWritable(host: Host, path: string, report: Report, options: FailOptions): void {
  const { writable, unseen } = writableByOthers(host, path)
  for (const file of writable) {
    report.fail(
      {
        origin: {
          kind: 'stat',
          host: host.name,
          file: file.path,
          mode: file.mode ?? 0,
          uid: file.uid ?? 0,
          gid: file.gid ?? 0,
        },
        message: `\`${file.path}\` is ${describeMode(file)}: others than root may write it`,
      },
      {
        ...options,
        fix: {
          text: `Take the right to write from others: ${file.path} belongs to root and is writable by root alone.`,
          edits: [],
          commands: [`chown root:root ${file.path}`, `chmod go-w ${file.path}`],
          risk: 'none',
          needs: [],
        },
      },
    )
  }
  // One writable place is enough to fail; only without one does a place that was not seen leave the question open.
  if (writable.length === 0 && unseen.length > 0) {
    report.unknown(
      unknown('no-source', `mode and owner of \`${unseen[0] ?? path}\` were not seen on ${host.name}`),
    )
  }
}
