import { field, fields, item, items, type Fields } from './annotated-yaml.js'
import type { SetupRequest } from './plan-request.js'

/** A port below this one is opened by root with a capability alone. */
const FIRST_FREE_PORT = 1024

/** The static pods of a control plane, each with its patch; kubeadm takes them by the name of the file. */
export function patches(request: SetupRequest): ReadonlyMap<string, Fields> {
  const { topology, port } = request
  const names = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']
  if (topology !== 'external') names.push('etcd')
  const binds = (name: string): boolean =>
    name === 'kube-apiserver' && topology === 'single' && port < FIRST_FREE_PORT
  return new Map(names.map((name) => [name, securityPatch(name, binds(name))]))
}

function securityPatch(name: string, bindsLowPort: boolean): Fields {
  return fields(
    field('apiVersion', 'v1'),
    field('kind', 'Pod'),
    field('metadata', fields(field('name', name), field('namespace', 'kube-system'))),
    field(
      'spec',
      fields(
        field(
          'containers',
          items(
            item(
              fields(
                field('name', name),
                field(
                  'securityContext',
                  fields(
                    field(
                      'allowPrivilegeEscalation',
                      false,
                      'No program in it gains rights over those it was started with.',
                    ),
                    field(
                      'capabilities',
                      fields(
                        field(
                          'drop',
                          ['ALL'],
                          'It reads its own files and opens its own port: root without capabilities can.',
                        ),
                        bindsLowPort
                          ? field('add', ['NET_BIND_SERVICE'], 'Its port is below 1024.')
                          : undefined,
                      ),
                    ),
                    field('readOnlyRootFilesystem', true, 'What it writes, it writes to its volumes.'),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}
