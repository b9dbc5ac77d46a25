import { asList, asString, field } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

/** Made for every process. */
const HARMLESS = /^\/dev\/(?:null|zero|full|random|urandom|tty)$/
/** Disks, volumes and memory. */
const RAW =
  /^\/dev\/(?:sd[a-z]|nvme|vd[a-z]|xvd|hd[a-z]|dm-|mapper\/|md\d|loop|mem$|kmem$|port$|disk\/|$)|^\/dev\/?$/
/** Their drivers keep users apart. */
const SHARED = /^\/dev\/(?:dri\/|nvidia|fuse$|net\/tun$|kvm$|snd\/)/

export const containerDevices = defineCheck({
  id: 'container-devices',
  title: 'A container uses devices of the host',
  severity: 'medium',
  because:
    'high for disks and memory of the host, which lead to all of its data; info for devices that are made to be shared',
  reach: 'host',
  appliesTo: 'container',
  why: 'A device that is given to a container is used past every check of the host: whoever has a disk reads and writes every file on it.',
  references: [cisDocker('5.18'), dockerDocs('reference/cli/docker/container/run/#device')],
  evaluate(subject, report) {
    if (subject.container.at(['HostConfig', 'Privileged']) === true) return
    judgeContainer(subject, report, ['HostConfig', 'Devices'], (value) =>
      asList(value).flatMap((device, index) => {
        const path = asString(field(device, 'PathOnHost')) ?? ''
        if (path === '' || HARMLESS.test(path)) return []
        const raw = RAW.test(path)
        return {
          severity: raw ? ('high' as const) : SHARED.test(path) ? ('info' as const) : ('medium' as const),
          ...(raw ? { because: 'a disk or the memory of the host: everything on it is open' } : {}),
          at: ['HostConfig', 'Devices', index, 'PathOnHost'],
          key: `HostConfig.Devices ${path}`,
          seen: `\`${path}\` with \`${asString(field(device, 'CgroupPermissions')) ?? 'rwm'}\``,
          message: `container \`${subject.container.name}\` uses \`${path}\` of the host`,
          fix: remake(subject, {
            run: `without \`--device ${path}\`, or with \`:r\` where reading is enough`,
            compose: `take \`${path}\` out of \`devices\``,
            breaks: 'what the program does with the device',
          }),
        }
      }),
    )
  },
  examples: {
    bad: containerWith({
      HostConfig: {
        Devices: [{ PathOnHost: '/dev/sda', PathInContainer: '/dev/sda', CgroupPermissions: 'rwm' }],
      },
    }),
    good: containerWith(),
  },
})
