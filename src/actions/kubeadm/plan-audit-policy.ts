import { field, fields, item, items, type Fields } from './annotated-yaml.js'

/** The audit policy: the first rule that matches a request decides. */
export function auditPolicy(): Fields {
  const core = (...resources: string[]): { group: string; resources: string[] } => ({ group: '', resources })
  const group = (name: string): { group: string } => ({ group: name })
  const credentials = [
    core('secrets', 'configmaps', 'serviceaccounts/token'),
    group('authentication.k8s.io'),
    { group: 'certificates.k8s.io', resources: ['certificatesigningrequests'] },
  ]
  return fields(
    field('apiVersion', 'audit.k8s.io/v1'),
    field('kind', 'Policy'),
    field(
      'omitStages',
      ['RequestReceived'],
      'One record a request: the later stages say all that this one says.',
    ),
    field(
      'rules',
      items(
        item(
          fields(field('level', 'Metadata'), field('resources', credentials)),
          'Who read or wrote credentials, never what is in them.',
        ),
        item(
          fields(
            field('level', 'Metadata'),
            field('resources', [
              core(
                'pods/exec',
                'pods/attach',
                'pods/portforward',
                'pods/proxy',
                'services/proxy',
                'nodes/proxy',
              ),
            ]),
          ),
          'Commands in pods and tunnels to them, over either protocol.',
        ),
        item(
          fields(
            field('level', 'RequestResponse'),
            field('verbs', ['create', 'update', 'patch', 'delete', 'deletecollection']),
            field('resources', [
              group('rbac.authorization.k8s.io'),
              group('admissionregistration.k8s.io'),
              group('apiregistration.k8s.io'),
              {
                group: 'certificates.k8s.io',
                resources: ['certificatesigningrequests/approval', 'certificatesigningrequests/status'],
              },
            ]),
          ),
          'Changes of rights and of what guards the cluster, with their text.',
        ),
        item(
          fields(
            field('level', 'None'),
            field('nonResourceURLs', ['/healthz*', '/livez*', '/readyz*', '/version', '/metrics']),
          ),
          'Probes, many a minute.',
        ),
        item(
          fields(
            field('level', 'None'),
            field('users', [
              'system:kube-controller-manager',
              'system:kube-scheduler',
              'system:apiserver',
              'system:kube-proxy',
            ]),
            field('verbs', ['get', 'list', 'watch', 'update', 'patch']),
            field('resources', [
              { group: 'coordination.k8s.io', resources: ['leases'] },
              core('endpoints', 'services', 'services/status', 'nodes', 'nodes/status'),
              group('discovery.k8s.io'),
            ]),
          ),
          'The control plane at its work: leader election, endpoints, nodes.',
        ),
        item(
          fields(
            field('level', 'None'),
            field('userGroups', ['system:nodes']),
            field('verbs', ['get', 'list', 'watch', 'update', 'patch']),
            field('resources', [
              { group: 'coordination.k8s.io', resources: ['leases'] },
              core('nodes', 'nodes/status', 'pods', 'pods/status', 'services'),
            ]),
          ),
          'Kubelets at their work: heartbeats and states of pods.',
        ),
        item(
          fields(
            field('level', 'None'),
            field('resources', [core('events'), { group: 'events.k8s.io', resources: ['events'] }]),
          ),
          'Events tell of themselves.',
        ),
        item(
          fields(field('level', 'Metadata')),
          'Everything else: who did what to what, and whether it was allowed.',
        ),
      ),
    ),
  )
}
