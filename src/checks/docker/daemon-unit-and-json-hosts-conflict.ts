import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { unknown, type Fix, type Origin } from '../../model/index.js'
import { removeKey } from './remove-key.js'

export const daemonUnitAndJsonHostsConflict = defineCheck({
  id: 'daemon-unit-and-json-hosts-conflict',
  title: 'A setting stands both as a flag of dockerd and in daemon.json',
  severity: 'high',
  because: 'dockerd does not start again, and with it no container',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'dockerd refuses a setting that both its command line and daemon.json hold, even with the same value. The unit of the packages has `-H fd://`, so `hosts` in daemon.json is the usual way to meet this.',
  references: [dockerDocs('engine/daemon/remote-access/'), dockerDocs('engine/daemon/troubleshoot/')],
  evaluate(docker, report) {
    const conflicts = docker.faults.filter(({ kind }) => kind === 'conflict')
    for (const { message, setting, origin, also } of conflicts) {
      const places = [origin, ...(also === undefined ? [] : [also])]
      report.fail(
        places.map((place, index) => ({
          origin: place,
          key: `${setting ?? ''} ${index === 0 ? 'file' : 'flag'}`,
          message,
        })),
        { message, fix: fixOf(setting ?? '', origin) },
      )
    }
    const gap = docker.config.gaps[0]
    if (conflicts.length === 0 && gap !== undefined)
      report.unknown(unknown(gap.reason, gap.detail, gap.origin))
  },
  examples: {
    bad: dockerdWith(`{ "hosts": ["unix:///var/run/docker.sock"] }`, '-H fd://'),
    good: dockerdWith(`{ "icc": false }`),
  },
})

/** Which list of hosts is meant, nobody but the owner knows; other settings stay as the command line has them. */
function fixOf(setting: string, origin: Origin): Fix {
  const kept =
    setting === 'hosts' ? undefined : removeKey(setting, origin, ', so that the flag alone says it')
  return (
    kept ??
    advice(
      'Keep the list in one place. Either take `hosts` out of daemon.json, or write a drop-in `/etc/systemd/system/docker.service.d/override.conf` with an empty `ExecStart=` line and then the full command without `-H`; keep `unix:///var/run/docker.sock` in the list. Then `systemctl daemon-reload` and `systemctl restart docker`.',
    )
  )
}
