import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HostFile, Setting } from '../../model/index.js'
import { resolveKubelet, resolveKubeletFully } from './resolve.js'

const HEAD = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n'

interface Given {
  readonly args?: readonly string[]
  readonly config?: string
  readonly dropIns?: Readonly<Record<string, string>>
  readonly version?: string
  readonly environment?: Readonly<Record<string, string>>
}

function inputOf({ args = [], config, dropIns = {}, version = '1.36.2', environment = {} }: Given) {
  const files = new Map<string, string>()
  if (config !== undefined) files.set('/c.yaml', `${HEAD}${config}`)
  for (const [name, text] of Object.entries(dropIns)) files.set(`/d/${name}`, `${HEAD}${text}`)
  const words = [
    ...(config === undefined ? [] : ['--config=/c.yaml']),
    ...(Object.keys(dropIns).length === 0 ? [] : ['--config-dir=/d']),
    ...args,
  ]
  return {
    host: 'node-1',
    args: words.map((value, index) => ({ value, file: '/flags.env', line: index + 1 })),
    files: {
      file: (path: string): HostFile | undefined => {
        const text = files.get(path)
        return text === undefined ? undefined : { path, type: 'file' as const, text }
      },
      list: (path: string) =>
        [...files.keys()].some((file) => file.startsWith(`${path}/`))
          ? [...files.keys()]
              .filter((file) => file.startsWith(`${path}/`))
              .map((file) => file.slice(path.length + 1))
          : undefined,
    },
    version,
    environment,
    absentIsRefused: true,
  }
}

function settingOf(given: Given, name: string): Setting {
  const found = resolveKubelet(inputOf(given)).settings.find((setting) => setting.setting === name)
  if (found === undefined) throw new Error(`no setting ${name}`)
  return found
}

describe('resolveKubelet', () => {
  it('names the winner and every loser', () => {
    const given = {
      config: 'readOnlyPort: 1',
      dropIns: { '10.conf': 'readOnlyPort: 2', '20.conf': 'x: 1\nreadOnlyPort: 3' },
      args: ['--read-only-port=4', '--read-only-port', '5'],
    }
    expect(settingOf(given, 'readOnlyPort')).toMatchObject({
      value: 5,
      source: { kind: 'flag', argIndex: 3, file: '/flags.env', line: 4 },
      origin: {
        kind: 'process',
        argIndex: 3,
        argument: '--read-only-port',
        place: { file: '/flags.env', line: 4 },
      },
      overridden: [
        { value: 4, source: { kind: 'flag', argIndex: 2 } },
        { value: 3, source: { kind: 'dropIn', file: '/d/20.conf', line: 4, column: 1 } },
        { value: 2, source: { kind: 'dropIn', file: '/d/10.conf', line: 3 } },
        { value: 1, source: { kind: 'file', file: '/c.yaml', line: 3 } },
      ],
    })
  })

  it.each<[string, Given, string, unknown, string]>([
    ['the safe default with a file', { config: '' }, 'authentication.anonymous.enabled', false, 'default'],
    ['the open default without a file', {}, 'authentication.anonymous.enabled', true, 'default'],
    [
      'the open default with drop-ins alone',
      { dropIns: { 'a.conf': '' } },
      'authorization.mode',
      'AlwaysAllow',
      'default',
    ],
    [
      'a null that puts the default back',
      { config: 'maxPods: 5', dropIns: { 'a.conf': 'maxPods: null' } },
      'maxPods',
      110,
      'default',
    ],
    [
      'a null over a whole map',
      { dropIns: { 'a.conf': 'authentication: null' } },
      'authentication.anonymous.enabled',
      false,
      'default',
    ],
    ['a zero that means the default', { config: 'eventBurst: 0' }, 'eventBurst', 100, 'default'],
    ['a zero that is one', { config: 'eventRecordQPS: 0' }, 'eventRecordQPS', 0, 'file'],
    ['a path below the file', { config: 'staticPodPath: pods' }, 'staticPodPath', '/pods', 'file'],
    [
      'a file that does not end in .conf',
      { config: '', dropIns: { 'a.yaml': 'maxPods: 5' } },
      'maxPods',
      110,
      'default',
    ],
    [
      'gates of a flag beside those of the file',
      { config: 'featureGates: {AllAlpha: false}', args: ['--feature-gates=AllBeta=true'] },
      'featureGates',
      { AllAlpha: false, AllBeta: true },
      'flag',
    ],
    ['a flag without a field', { args: ['--hostname-override=a'] }, '--hostname-override', 'a', 'flag'],
    [
      'the flag of seccomp',
      { config: 'seccompDefault: false', args: ['--seccomp-default'] },
      'seccompDefault',
      true,
      'flag',
    ],
    [
      'the field of seccomp beside its flag',
      { config: 'seccompDefault: true', args: ['--seccomp-default=false'] },
      'seccompDefault',
      true,
      'file',
    ],
    ['a port that is closed', { config: '' }, 'readOnlyPort', 0, 'default'],
    ['a default of an older version', { config: '', version: '1.34.1' }, 'failCgroupV1', false, 'default'],
    ['a default of a newer version', { config: '', version: '1.35.0' }, 'failCgroupV1', true, 'default'],
  ])('finds %s', (_, given, name, value, kind) => {
    expect(settingOf(given, name)).toMatchObject({ value, source: { kind } })
  })

  it('says where a null put the default back', () => {
    const setting = settingOf({ config: 'maxPods: 5', dropIns: { 'a.conf': 'maxPods: null' } }, 'maxPods')
    expect(setting.origin).toMatchObject({ kind: 'default', place: { file: '/d/a.conf', line: 3 } })
    expect(setting.overridden.map(({ value }) => value)).toEqual([null, 5])
  })

  it('says that the version is not known', () => {
    const { version: _, ...input } = inputOf({ config: '' })
    expect(resolveKubelet(input).settings[0]?.source.described ?? '').toMatch(
      /1\.36 \(the version is not known\)/,
    )
  })

  it.each<[string, Given, RegExp, object]>([
    [
      'a text for a boolean',
      { config: 'authentication:\n  anonymous:\n    enabled: "false"' },
      /c\.yaml.*anonymous/,
      { file: '/c.yaml', line: 5 },
    ],
    [
      'a wrong type in a drop-in',
      { config: '', dropIns: { 'a.conf': 'maxPods: "5"' } },
      /a\.conf.*maxPods/,
      { file: '/d/a.conf', line: 3 },
    ],
    [
      'a key twice in a drop-in',
      { config: '', dropIns: { 'a.conf': 'maxPods: 5\nmaxPods: 6' } },
      /stands twice/,
      { line: 4 },
    ],
    [
      'an unknown flag',
      { args: ['--no-such-flag'] },
      /unknown flag: --no-such-flag/,
      { kind: 'process', argIndex: 0 },
    ],
    ['a flag that is gone', { args: ['--pod-infra-container-image=x'] }, /unknown flag/, { kind: 'process' }],
    [
      'a word after a boolean',
      { args: ['--anonymous-auth', 'false'] },
      /unknown command `false`/,
      { argIndex: 1 },
    ],
    [
      'a gate that is off',
      { config: 'serverTLSBootstrap: true\nfeatureGates: {RotateKubeletServerCertificate: false}' },
      /RotateKubeletServerCertificate/,
      { file: '/c.yaml', line: 3 },
    ],
    [
      'an unknown gate',
      { config: 'featureGates: {NoSuch: true}' },
      /unrecognized feature gate: NoSuch/,
      { file: '/c.yaml' },
    ],
    ['a port out of range', { config: 'port: 70000' }, /`port` is 70000/, { file: '/c.yaml', line: 3 }],
    [
      'a label of another owner',
      { args: ['--node-labels=node-role.kubernetes.io/x=y'] },
      /node-labels/,
      { kind: 'process' },
    ],
    [
      'drop-ins without the variable',
      { version: '1.29.1', dropIns: { 'a.conf': '' } },
      /KUBELET_CONFIG_DROPIN_DIR_ALPHA/,
      { kind: 'process' },
    ],
  ])('refuses %s', (_, given, message, origin) => {
    const { refusal } = resolveKubelet(inputOf(given))
    expect(refusal?.message).toMatch(message)
    expect(refusal?.origin).toMatchObject(origin)
  })

  it.each<[string, Given]>([
    [
      'a flag of some version while the version is not known',
      { version: '', args: ['--pod-infra-container-image=x'] },
    ],
    [
      'a flag that older versions may have',
      { version: '1.24.1', args: ['--some-old-flag', 'x', '--max-pods=5'] },
    ],
    [
      'a gate that another version may have',
      { version: '', args: ['--feature-gates=SomeGate=true,NodeSwap=false'] },
    ],
    ['an unknown field', { config: 'noSuchField: 1' }],
    ['a flag of an older version', { version: '1.34.2', args: ['--pod-infra-container-image=x'] }],
    [
      'drop-ins with the variable',
      { version: '1.29.1', dropIns: { 'a.conf': '' }, environment: { KUBELET_CONFIG_DROPIN_DIR_ALPHA: '1' } },
    ],
    [
      'a wrong type that a later drop-in replaces',
      { dropIns: { '1.conf': 'maxPods: "5"', '2.conf': 'maxPods: 5' } },
    ],
  ])('accepts %s', (_, given) => {
    expect(resolveKubelet(inputOf(given)).refusal).toBeUndefined()
  })

  it('knows nothing for sure while a file is not there or not readable', () => {
    const seen = { ...inputOf({ args: ['--config=/nope.yaml'] }), absentIsRefused: false }
    expect(resolveKubelet(seen)).toMatchObject({ gaps: [{ reason: 'no-source' }] })
    expect(resolveKubelet(seen).refusal).toBeUndefined()
    const broken = resolveKubelet(inputOf({ config: '\tx' }))
    expect(broken).toMatchObject({ gaps: [{ reason: 'unparsable' }], refusal: { message: /c\.yaml/ } })
  })

  it('keeps a value of a wrong type, so that nobody takes the default for it', () => {
    expect(settingOf({ config: 'readOnlyPort: zero' }, 'readOnlyPort').value).toBe('zero')
  })
})

const layer = fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined })

describe('the order of force', () => {
  it('lets a flag win always, and the next one when the winner is taken away', () => {
    fc.assert(
      fc.property(layer, fc.array(layer, { maxLength: 4 }), layer, (file, dropIns, flag) => {
        const given: Given = {
          config: file === undefined ? '' : `healthzPort: ${file}`,
          dropIns: Object.fromEntries(
            dropIns.map((port, index) => [`${index}.conf`, port === undefined ? '' : `healthzPort: ${port}`]),
          ),
          args: flag === undefined ? [] : [`--healthz-port=${flag}`],
        }
        const order = [flag, ...[...dropIns].reverse(), file].filter((port) => port !== undefined)
        const setting = settingOf(given, 'healthzPort')
        expect(setting.value).toBe(order[0] ?? 10248)
        expect(setting.overridden.map(({ value }) => value)).toEqual(order.slice(1))
      }),
    )
  })

  it('never throws, whatever the files and flags hold', () => {
    const names = [
      'authentication',
      'featureGates',
      'evictionHard',
      'logging',
      'registerWithTaints',
      '__proto__',
      'maxPods',
    ]
    const document = fc
      .dictionary(fc.constantFrom(...names), fc.jsonValue())
      .map((value) => JSON.stringify(value))
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.oneof(document, fc.string()),
        document,
        (args, config, dropIn) => {
          const input = inputOf({ args, config, dropIns: { 'a.conf': dropIn } })
          const files = new Map([
            [
              '/c.yaml',
              config.startsWith('{')
                ? `{"apiVersion":"kubelet.config.k8s.io/v1beta1","kind":"KubeletConfiguration",${config.slice(1)}`
                : config,
            ],
            ['/d/a.conf', dropIn],
          ])
          const file = (path: string): HostFile | undefined => {
            const text = files.get(path)
            return text === undefined ? input.files.file(path) : { path, type: 'file', text }
          }
          const { effective } = resolveKubeletFully({ ...input, files: { ...input.files, file } })
          expect(effective.settings.length).toBeGreaterThan(100)
        },
      ),
    )
  })
})
