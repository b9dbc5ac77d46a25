import { asList, asString, field, valueAt, type KubeObject } from '../../model/index.js'
import type { ObjectIndex } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { overlay, swarmWith } from './example-swarm.js'

export const swarmUnencryptedOverlay = defineCheck({
  id: 'swarm-unencrypted-overlay',
  title: 'Traffic between containers crosses the network of the hosts in clear text',
  severity: 'medium',
  because:
    'whoever sees the network between the hosts reads it; low for the ingress network, info in a swarm of one node',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Network.docker'],
  why: 'An overlay network carries packets of containers in VXLAN over UDP, unencrypted unless it was made with `--opt encrypted`. Whoever is on that network reads them, and sends some of their own.',
  references: [
    cisDocker('7.3'),
    dockerDocs('engine/network/drivers/overlay/#encrypt-traffic-on-an-overlay-network'),
  ],
  evaluate({ object, index }, report) {
    const { content } = object
    if (content['Driver'] !== 'overlay' || content['ConfigOnly'] === true) return
    const encrypted = field(content['Options'], 'encrypted')
    if (encrypted !== undefined && encrypted !== 'false') return
    const info = index.get('docker', 'Info', object.ref.namespace, object.ref.namespace)
    const single = valueAt(info?.content, ['Swarm', 'Nodes']) === 1
    const ingress = content['Ingress'] === true
    const services = servicesOf(object, index)
    const name = object.ref.name
    report.fail(
      {
        origin: { kind: 'object', object, path: ['Options'] },
        message: `overlay network \`${name}\` has no option \`encrypted\`${services.length === 0 ? '' : `; used by ${services.join(', ')}`}`,
      },
      {
        ...(single
          ? { severity: 'info' as const, because: 'the swarm has one node: nothing leaves it' }
          : ingress
            ? {
                severity: 'low' as const,
                because: 'it carries what clients of published ports send, which is no more secret before',
              }
            : {}),
        message: `traffic of overlay network \`${name}\` is not encrypted`,
        fix: advice(
          ingress
            ? 'Make the ingress network again while no service publishes a port: `docker network rm ingress`, then `docker network create --driver overlay --ingress --opt encrypted ingress`.'
            : `Make a network with \`docker network create --driver overlay --opt encrypted NEW\`, move its services to it (\`docker service update --network-add NEW --network-rm ${name} SERVICE\`; \`driver_opts: {encrypted: ""}\` in a stack file), and remove \`${name}\`: the option of a network cannot be changed.`,
          { breaks: 'throughput (IPsec), hosts that keep protocol 50 or UDP 4789 out, and Windows nodes' },
        ),
      },
    )
  },
  examples: {
    bad: swarmWith({ networks: [overlay('backend')] }),
    good: swarmWith({ networks: [overlay('backend', { encrypted: '' })] }),
  },
})

/** Names of services that name the network by its id. */
function servicesOf(network: KubeObject, index: ObjectIndex): string[] {
  const id = asString(network.content['Id'])
  return index
    .ofKind('docker', 'Service')
    .filter(({ content, ref }) => {
      if (ref.namespace !== network.ref.namespace) return false
      const inTask = asList(valueAt(content, ['Spec', 'TaskTemplate', 'Networks']))
      return [...inTask, ...asList(valueAt(content, ['Spec', 'Networks']))].some(
        (each) => field(each, 'Target') === id,
      )
    })
    .map(({ ref }) => `\`${ref.name}\``)
    .slice(0, 10)
}
