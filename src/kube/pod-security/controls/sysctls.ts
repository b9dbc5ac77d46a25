import { asList, asString, field, inWords } from '../../../model/index.js'
import type { Control, Evaluate } from '../control.js'

const FROM_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
]
const FROM_27 = [...FROM_0, 'net.ipv4.ip_local_reserved_ports']
const FROM_29 = [
  ...FROM_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
]
const FROM_32 = [...FROM_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']
const FROM_37 = [...FROM_32, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat']

/** The sysctls that the newest policy allows. */
export const BASELINE_SYSCTLS: ReadonlySet<string> = new Set(FROM_37)

/** Source: policy/check_sysctls.go; 1.37 from the Pod Security Standards page of that version. */
export const sysctls: Control = {
  id: 'sysctls',
  level: 'baseline',
  describe: (places) => `forbidden sysctls (${places.map((place) => inWords(place.value)).join(', ')})`,
  versions: [
    { from: 0, evaluate: allowing(FROM_0) },
    { from: 27, evaluate: allowing(FROM_27) },
    { from: 29, evaluate: allowing(FROM_29) },
    { from: 32, evaluate: allowing(FROM_32) },
    { from: 37, evaluate: allowing(FROM_37) },
  ],
}

function allowing(names: readonly string[]): Evaluate {
  const allowed = new Set(names)
  return (pod) =>
    asList(field(pod.securityContext, 'sysctls')).flatMap((sysctl, index) => {
      const name = asString(field(sysctl, 'name')) ?? ''
      return allowed.has(name) ? [] : [{ path: ['spec', 'securityContext', 'sysctls', index], value: name }]
    })
}
