import { describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const ROLE = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: shop
rules:
- apiGroups: [""]
  resources:
  - pods
  - deployments
  verbs:
  - get
  - lst
`
const GOOD = ROLE.replace('  - deployments\n', '').replace('lst', 'list')

describe('rampart rbac lint', () => {
  it('names the line of each fault and what may be meant, and ends with 1', () => {
    const { code, out } = rampart(['rbac', 'lint', '-'], { input: ROLE })
    expect(code).toBe(1)
    expect(out).toBe(
      [
        '-:4: hint: Role shop/reader: no binding that was read refers to the role [unbound-role]',
        '-:10: error: Role shop/reader: `deployments` is in group `apps`, not in the core group ("") [wrong-group]',
        '-:13: error: Role shop/reader: no API server asks for a verb `lst`; did you mean `list`? [unknown-verb]',
        '2 errors, 0 warnings, 1 hint\n',
      ].join('\n'),
    )
  })

  it('ends with 0 when there are only hints', () => {
    const { code, out } = rampart(['rbac', 'lint', '-'], { input: GOOD })
    expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: '0 errors, 0 warnings, 1 hint',
    })
  })

  it('prints JSON', () => {
    const { out } = rampart(['rbac', 'lint', '-', '-o', 'json'], { input: ROLE })
    expect((JSON.parse(out) as { issues: unknown[] }).issues[2]).toEqual({
      rule: 'unknown-verb',
      level: 'error',
      file: '-',
      line: 13,
      object: {
        group: 'rbac.authorization.k8s.io',
        version: 'v1',
        kind: 'Role',
        namespace: 'shop',
        name: 'reader',
      },
      path: 'rules[0].verbs[1]',
      message: 'no API server asks for a verb `lst`',
      candidates: ['list'],
    })
  })

  it('knows the APIs of the version that is asked for', () => {
    const role = GOOD.replace('""', 'certificates.k8s.io').replace('pods', 'podcertificaterequest')
    const lint = (version: string): number =>
      rampart(['rbac', 'lint', '-', '--kubernetes-version', version], {
        input: role.replace('uest\n', 'uests\n'),
      }).code
    expect([lint('1.33'), lint('1.37')]).toEqual([1, 0])
  })

  it('writes out what would act on a terminal', () => {
    const { out } = rampart(['rbac', 'lint', '-'], { input: ROLE.replace('deployments', '"d\\e[31mx"') })
    expect(out).toContain('d\\x1b[31mx')
  })

  it.each([
    [[], /nothing to read/],
    [['-'], /no role and no binding/],
  ])('refuses %j', (args, message) => {
    const input = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n'
    const { code, err } = rampart(['rbac', 'lint', ...args], { input })
    expect({ code, told: message.test(err) }).toEqual({ code: 2, told: true })
  })
})
