import { asList, field } from '../../../model/index.js'
import { inEachContainer, type Control } from '../control.js'
import { containerNames, values } from '../in-words.js'

/** What may be added; exact words: `CAP_CHOWN` and `chown` are not among them, nor is NET_RAW. */
export const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])

/** Source: policy/check_capabilities_baseline.go. */
export const capabilitiesBaseline: Control = {
  id: 'capabilities_baseline',
  level: 'baseline',
  describe: (places) =>
    `non-default capabilities (${containerNames(places)} must not include ${values(places)} in securityContext.capabilities.add)`,
  versions: [
    {
      from: 0,
      evaluate: (pod) =>
        inEachContainer(pod, (context) =>
          asList(field(context.capabilities, 'add')).flatMap((name, index) =>
            typeof name !== 'string' || BASELINE_CAPABILITIES.has(name)
              ? []
              : [{ path: ['capabilities', 'add', index], value: name }],
          ),
        ),
    },
  ],
}
