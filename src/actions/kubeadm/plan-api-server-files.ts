import { field, fields, item, items, type Fields, type Item } from './annotated-yaml.js'
import { hardening } from './plan-places.js'
import type { SetupRequest } from './plan-request.js'
import { authenticationApi } from './plan-versions.js'
import type { SetupSecrets } from './secrets.js'

/** Where the ConfigMap lies that kubeadm join reads before it has a credential. */
export const CLUSTER_INFO = '/api/v1/namespaces/kube-public/configmaps/cluster-info'

/** `kind: AuthenticationConfiguration`; undefined where the version cannot limit anonymous requests. */
export function authenticationConfiguration({ minor, joinBy }: SetupRequest): Fields | undefined {
  const apiVersion = authenticationApi(minor)
  if (apiVersion === undefined) return undefined
  const paths = [
    item(fields(field('path', '/livez')), 'The liveness and startup probes of kubeadm carry no credential.'),
    item(fields(field('path', '/readyz')), 'Its readiness probe, and those of load balancers.'),
    item(fields(field('path', '/healthz')), 'The older path of both, which load balancers still ask.'),
    ...(joinBy === 'file'
      ? []
      : [
          item(
            fields(field('path', CLUSTER_INFO)),
            'Only while nodes join by a token: kubeadm join reads the CA there, and checks it against the hash. Take it out afterwards, on every control-plane node, and restart the API server: it does not take changes of this field while it runs.',
          ),
        ]),
  ]
  return fields(
    field('apiVersion', apiVersion),
    field('kind', 'AuthenticationConfiguration'),
    field(
      'anonymous',
      fields(field('enabled', true), field('conditions', items(...paths))),
      'Requests without a credential are served at these paths, and refused everywhere else, whatever RBAC gives to system:anonymous.',
    ),
  )
}

/** `kind: EncryptionConfiguration`, with the key in it. */
export function encryptionConfiguration(secrets: SetupSecrets): Fields {
  return fields(
    field('apiVersion', 'apiserver.config.k8s.io/v1'),
    field('kind', 'EncryptionConfiguration'),
    field(
      'resources',
      items(
        item(
          fields(
            field('resources', ['secrets']),
            field(
              'providers',
              items(
                item(
                  fields(
                    field(
                      'secretbox',
                      fields(
                        field(
                          'keys',
                          items(
                            item(
                              fields(field('name', 'key1'), field('secret', secrets.encryptionKey)),
                              'Made on this machine. Keep a copy apart from the backups of etcd: without it their Secrets are lost, and with it beside them they are open.',
                            ),
                          ),
                        ),
                      ),
                    ),
                  ),
                  'The first provider writes. XSalsa20 with Poly1305 notices changes, which aescbc does not, and needs no count of writes, as aesgcm does. A KMS (v2) keeps the key off this host: put it first once you have one.',
                ),
                item({ identity: {} }, 'Reads what was written in clear; in a new cluster nothing was.'),
              ),
            ),
          ),
          'Every control-plane node needs this same file before its API server starts.',
        ),
      ),
    ),
  )
}

/** `kind: AdmissionConfiguration`. */
export function admissionConfiguration(): Fields {
  const path = (name: string, file: string, because: string): Item =>
    item(fields(field('name', name), field('path', hardening(file))), because)
  return fields(
    field('apiVersion', 'apiserver.config.k8s.io/v1'),
    field('kind', 'AdmissionConfiguration'),
    field(
      'plugins',
      items(
        path('PodSecurity', 'pod-security.yaml', 'Namespaces without a label get a level too.'),
        path('EventRateLimit', 'event-rate-limit.yaml', 'The plug-in does not start without limits.'),
      ),
    ),
  )
}

/** `kind: PodSecurityConfiguration`. */
export function podSecurityConfiguration(): Fields {
  return fields(
    field('apiVersion', 'pod-security.admission.config.k8s.io/v1'),
    field('kind', 'PodSecurityConfiguration'),
    field(
      'defaults',
      fields(
        field(
          'enforce',
          'baseline',
          'No privileged pods, host namespaces or host paths, unless a label of the namespace allows them.',
        ),
        field('enforce-version', 'latest', 'Rules that a later version adds hold too.'),
        field('audit', 'restricted', 'What restricted would refuse is in the audit log ...'),
        field('audit-version', 'latest'),
        field('warn', 'restricted', '... and is told to whoever applies it.'),
        field('warn-version', 'latest'),
      ),
    ),
    field(
      'exemptions',
      fields(
        field('usernames', []),
        field('runtimeClasses', []),
        field(
          'namespaces',
          items(
            item(
              'kube-system',
              'kube-proxy and network plug-ins need the host. Label the namespace of a plug-in that lives elsewhere: pod-security.kubernetes.io/enforce=privileged.',
            ),
          ),
        ),
      ),
    ),
  )
}

/** The limits of EventRateLimit. */
export function eventRateLimits(): Fields {
  const limit = (type: string, qps: number, burst: number, cacheSize: number, because: string): Item =>
    item(
      fields(
        field('type', type),
        field('qps', qps),
        field('burst', burst),
        cacheSize === 0 ? undefined : field('cacheSize', cacheSize),
      ),
      because,
    )
  return fields(
    field('apiVersion', 'eventratelimit.admission.k8s.io/v1alpha1'),
    field('kind', 'Configuration'),
    field(
      'limits',
      items(
        limit('Server', 1000, 5000, 0, 'All events together: what etcd bears beside its work.'),
        limit('Namespace', 100, 1000, 2000, 'One namespace does not take the share of the others.'),
        limit(
          'SourceAndObject',
          10,
          50,
          4096,
          'One object in a loop does not take the share of its namespace.',
        ),
      ),
    ),
  )
}
