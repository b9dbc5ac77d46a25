import { asList, field } from '../../model/index.js'
import type { WorkloadSubject } from '../define-check.js'

// Source: kubernetes v1.36.2 plugin/pkg/admission/serviceaccount/admission.go, DefaultAPITokenMountPath.
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Whether a token of the account is put into the pod; undefined when the setting is of another type. */
export function isTokenMounted(
  { object, template, containers, index }: WorkloadSubject,
  account: string,
): boolean | undefined {
  const pod = field(template.spec, 'automountServiceAccountToken')
  if (pod !== undefined && pod !== null && typeof pod !== 'boolean') return undefined
  const declared = index.get('', 'ServiceAccount', object.ref.namespace, account)
  const wanted =
    typeof pod === 'boolean' ? pod : field(declared?.content, 'automountServiceAccountToken') !== false
  // A container that mounts something there itself gets no token; where all do, the pod has none.
  return wanted && !(containers.length > 0 && containers.every(({ spec }) => mountsItself(spec)))
}

function mountsItself(container: unknown): boolean {
  return asList(field(container, 'volumeMounts')).some((mount) => field(mount, 'mountPath') === TOKEN_PATH)
}
