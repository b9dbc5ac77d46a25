import { asString, field } from '../../../model/index.js'
import { inEachContext, mapping, type Control, type Evaluate } from '../control.js'

const TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t']

/** Source: policy/check_seLinuxOptions.go. */
export const seLinuxOptions: Control = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { from: 0, evaluate: withTypes(TYPES) },
    { from: 31, evaluate: withTypes([...TYPES, 'container_engine_t']) },
  ],
}

function withTypes(allowed: readonly string[]): Evaluate {
  return (pod) =>
    inEachContext(pod, (context) => {
      const options = mapping(context, 'seLinuxOptions')
      const value = (name: string): string => asString(field(options, name)) ?? ''
      const wrong = [
        ...(allowed.includes(value('type')) ? [] : ['type']),
        ...['user', 'role'].filter((name) => value(name) !== ''),
      ]
      return wrong.map((name) => ({ path: ['seLinuxOptions', name], value: value(name) }))
    })
}
