import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-wiring.js'
import { wiringHpaNoTarget } from './wiring-hpa-no-target.js'

const hpa = (target: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { scaleTargetRef: ${target} }
`
const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })

checkTests(wiringHpaNoTarget, [
  {
    name: 'a mistyped name',
    kind: 'failing',
    given: of(hpa('{ apiVersion: apps/v1, kind: Deployment, name: wbe }'), deploymentWith()),
    expect: [{ result: 'fail', severity: 'low', path: 'Deployment shop/wbe', fix: 'advice' }],
  },
  {
    name: 'it is there',
    kind: 'passing',
    given: of(hpa('{ apiVersion: apps/v1, kind: Deployment, name: web }'), deploymentWith()),
    expect: [],
  },
  {
    name: 'another kind',
    kind: 'odd',
    given: of(hpa('{ apiVersion: apps/v1, kind: StatefulSet, name: web }'), deploymentWith()),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'only the autoscaler',
    kind: 'unknown',
    given: { manifests: hpa('{ apiVersion: apps/v1, kind: Deployment, name: web }') },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'no target',
    kind: 'unknown',
    given: of(hpa('web')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
