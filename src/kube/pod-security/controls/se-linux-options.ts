import { asString, field } from '../../../model/index.js'
import { inEachContext, mapping, type Control, type Evaluate, type ViolationPlace } from '../control.js'
import { distinct, plural, quote, setters } from '../in-words.js'

const TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t']

/** Source: policy/check_seLinuxOptions.go. */
export const seLinuxOptions: Control = {
  id: 'seLinuxOptions',
  level: 'baseline',
  describe(places) {
    const of = (name: string): readonly ViolationPlace[] =>
      places.filter((place) => place.path.at(-1) === name)
    const types = distinct(of('type'))
    const faults = [
      ...(types.length === 0 ? [] : [`${plural(types.length, 'type')} ${quote(types)}`]),
      ...['user', 'role'].filter((name) => of(name).length > 0).map((name) => `${name} may not be set`),
    ]
    return `seLinuxOptions (${setters(places)} set forbidden securityContext.seLinuxOptions: ${faults.join('; ')})`
  },
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
