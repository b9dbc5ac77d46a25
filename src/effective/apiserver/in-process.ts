import { unknown, type Estate, type Host } from '../../model/index.js'
import { scalarText } from '../../text/index.js'
import { componentView, type ComponentView } from '../component.js'

/** Hosts whose API server runs inside another process, so that its flags can be seen nowhere. */
export function inProcessApiservers(estate: Estate): ComponentView[] {
  return estate.hosts.flatMap((host) => {
    const command = host.commands.find(({ component }) => component === 'k3s')
    const own = host.commands.some(({ component }) => component === 'kube-apiserver')
    if (command === undefined || own || !isServer(host)) return []
    const detail = 'k3s runs the API server in its own process and its flags were not seen'
    return [
      componentView({
        config: {
          component: 'kube-apiserver',
          host: host.name,
          settings: [],
          gaps: [{ reason: 'no-source', detail }],
        },
        host: host.name,
        machine: host,
        command,
        distribution: host.distribution,
        version: unknown('version-unknown', detail),
        change: (name, value) => ({
          text: `Add \`${name}=${scalarText(value)}\` to \`kube-apiserver-arg\` in \`/etc/rancher/k3s/config.yaml\`, then restart k3s.`,
          edits: [],
          commands: [],
          risk: 'restart',
          needs: [],
          restart: 'k3s',
        }),
      }),
    ]
  })
}

/** `k3s server` in a unit, or the credentials that a server alone has. */
function isServer(host: Host): boolean {
  return (
    host.commands.some(({ component, args }) => component === 'k3s' && args[0]?.value === 'server') ||
    [...host.files.keys()].some((path) => path.startsWith('/var/lib/rancher/k3s/server/'))
  )
}
