import { posix } from 'node:path'
import { asObject, valueAt, type EffectiveConfig, type JsonObject, type Origin } from '../../model/index.js'
import { parseFlags, scalarText, type FlagTable, type FlagValue } from '../../text/index.js'
import { isLayer, placeOf, readConfigFile, type ConfigLayer } from './config-file.js'
import { ConfigView } from './config-view.js'
import { decodeConfiguration, type TypeProblem } from './decode.js'
import { applyDefaults, applyEvictionDefaults, applyFlagDefaults } from './defaults.js'
import { dropInFiles } from './drop-ins.js'
import { FeatureGates } from './feature-gates.js'
import { copyOf, getField } from './fields.js'
import { applyFlags, applyFlagsOverFiles, effectiveFlags, gatesIn } from './flag-fields.js'
import { argumentOrigin, type KubeletInput } from './kubelet-input.js'
import { knowledgeOf, minorOf, type KubeletKnowledge } from './knowledge.js'
import { marshal } from './marshal.js'
import { mergePatch } from './merge-patch.js'
import { resolvePaths } from './relative-paths.js'
import { withoutLibraryBooleans } from './second-reading.js'
import { settingsOf } from './settings.js'
import { validateConfiguration, validateGates, validateLogging, type ConfigFault } from './validate.js'
import { faultOfNodeLabels } from './validate-flags.js'

export interface ResolvedKubelet {
  readonly effective: EffectiveConfig
  /** KubeletConfiguration v1beta1 that the kubelet would run with; fields at their zero value may be absent. */
  readonly config: JsonObject
  readonly flags: ReadonlyMap<string, FlagValue>
  readonly layers: readonly ConfigLayer[]
  readonly knowledge: KubeletKnowledge
}

type Refusal = NonNullable<EffectiveConfig['refusal']>

/**
 * The configuration that a kubelet runs with, each setting with who set it and who lost; never throws.
 * Order: defaults, --config, drop-ins of --config-dir, flags.
 * Source: kubernetes v1.36.2 cmd/kubelet/app/server.go, NewKubeletCommand.
 */
export function resolveKubelet(input: KubeletInput): EffectiveConfig {
  return resolveKubeletFully(input).effective
}

/** As resolveKubelet, with the configuration as one document and what it was made of. */
export function resolveKubeletFully(input: KubeletInput): ResolvedKubelet {
  return new Resolution(input).run()
}

class Resolution {
  private readonly knowledge: KubeletKnowledge
  private readonly gates: FeatureGates
  private readonly layers: ConfigLayer[] = []
  private readonly gaps: EffectiveConfig['gaps'][number][] = []
  private refusal: Refusal | undefined
  private config: JsonObject = {}

  constructor(private readonly input: KubeletInput) {
    this.knowledge = knowledgeOf(input.version)
    this.gates = new FeatureGates(this.knowledge)
  }

  run(): ResolvedKubelet {
    const table = { ...this.knowledge.globalFlags, ...this.knowledge.flags }
    let flags = this.readFlags(table)
    this.refuseGates(this.gates.set(gatesIn(flags.get('feature-gates')?.value)), flags)
    this.refuse(faultOfNodeLabels(flags.get('node-labels')?.value), () =>
      this.flagOrigin(flags.get('node-labels')),
    )
    const configPath = this.pathOf(flags, 'config')
    const dropInPath = this.pathOf(flags, 'config-dir')
    if (configPath === undefined) this.startFromFlags(flags)
    else this.startFromFile(configPath)
    if (dropInPath !== undefined) this.mergeDropIns(dropInPath, flags)
    if (configPath !== undefined || dropInPath !== undefined) {
      flags = this.readFlags(withoutLibraryBooleans(table, this.knowledge.globalFlags))
      applyFlagsOverFiles(this.config, flags)
      this.refuseGates(this.gates.set(gatesIn(this.config['featureGates'])), flags)
    }
    this.validate(flags)
    return {
      effective: this.effective(flags, table),
      config: this.config,
      flags,
      layers: this.layers,
      knowledge: this.knowledge,
    }
  }

  private readFlags(table: FlagTable): ReadonlyMap<string, FlagValue> {
    const parsed = parseFlags(this.input.args, table)
    const error = parsed.errors.find((one) => one.kind !== 'unknown-flag' || !this.knowledge.olderThanKnown)
    if (error !== undefined) this.refuse(error.message, () => this.argumentOrigin(error.argIndex))
    const word = parsed.positional[0]
    if (word !== undefined) {
      this.refuse(`unknown command \`${word.argument.value}\``, () => this.argumentOrigin(word.argIndex))
    }
    const flags = effectiveFlags(parsed, table)
    for (const name of ['help', 'version']) {
      const flag = flags.get(name)
      const asks = flag !== undefined && /^(true|t|1|raw)$/i.test(scalarText(flag.value))
      if (asks) this.refuse(`--${name} makes the kubelet print it and end`, () => this.flagOrigin(flag))
    }
    return flags
  }

  private pathOf(flags: ReadonlyMap<string, FlagValue>, name: string): string | undefined {
    const value = flags.get(name)?.value
    if (typeof value !== 'string' || value === '') return undefined
    return posix.isAbsolute(value)
      ? posix.normalize(value)
      : posix.join(this.input.workingDirectory ?? '/', value)
  }

  private startFromFlags(flags: ReadonlyMap<string, FlagValue>): void {
    applyDefaults(this.config, this.knowledge, new FeatureGates(this.knowledge))
    applyFlagDefaults(this.config)
    applyFlags(this.config, flags)
  }

  private startFromFile(path: string): void {
    const layer = this.load('file', path)
    if (layer !== undefined) {
      this.config = copyOf(layer.config)
      this.refuseTypes(layer.typeProblems)
    }
    this.defaultAll()
    resolvePaths(this.config, posix.dirname(path))
    applyEvictionDefaults(this.config)
  }

  private mergeDropIns(folder: string, flags: ReadonlyMap<string, FlagValue>): void {
    const origin = (): Origin => this.flagOrigin(flags.get('config-dir'))
    const minor = minorOf(this.input.version)
    const alpha = this.input.environment?.[ALPHA_VARIABLE] !== undefined
    if (minor !== undefined && minor < 30 && !alpha) {
      this.refuse(`--config-dir needs ${ALPHA_VARIABLE} in the environment of kubelet 1.${minor}`, origin)
      return
    }
    const paths = dropInFiles(folder, this.input.files)
    if (paths === undefined) {
      this.missing(`the drop-in folder \`${folder}\``, origin)
      return
    }
    let merged = marshal(this.config, this.knowledge)
    for (const path of paths) {
      const layer = this.load('dropIn', path)
      if (layer === undefined) continue
      merged = asObject(mergePatch(merged, layer.raw))
    }
    const { config, problems } = decodeConfiguration(merged, this.knowledge.types, { foldCase: true })
    this.config = config
    this.refuseTypes(problems)
    this.defaultAll()
  }

  private load(kind: 'file' | 'dropIn', path: string): ConfigLayer | undefined {
    const file = this.input.files.file(path)
    const origin: Origin = { kind: 'file', file: path, host: this.input.host }
    if (file === undefined) {
      this.missing(`the kubelet configuration file \`${path}\``, () => origin)
      return undefined
    }
    const read = readConfigFile(kind, path, file, this.knowledge)
    if (isLayer(read)) {
      this.layers.push(read)
      return read
    }
    if (read.kind === 'unseen') this.gaps.push({ reason: 'unreadable', detail: read.message, origin })
    else {
      const at = read.line === undefined ? origin : { ...origin, line: read.line, column: read.column ?? 1 }
      this.refuse(read.message, () => at)
      this.gaps.push({ reason: 'unparsable', detail: read.message, origin: at })
    }
    return undefined
  }

  private missing(what: string, origin: () => Origin): void {
    if (this.input.absentIsRefused === true) this.refuse(`${what} does not exist`, origin)
    this.gaps.push({
      reason: 'no-source',
      detail: `${what} was not found among what was read`,
      origin: origin(),
    })
  }

  private defaultAll(): void {
    const gates = this.gates.copy()
    const errors = gates.set(gatesIn(this.config['featureGates']))
    this.refuse(errors[0], () => this.fieldOrigin('featureGates'))
    applyDefaults(this.config, this.knowledge, gates)
  }

  private validate(flags: ReadonlyMap<string, FlagValue>): void {
    const gates = this.gates.copy()
    const own = validateGates(gates, gatesIn(this.config['featureGates']))
    const early = validateLogging(new ConfigView(this.config, this.gates, this.knowledge))
    const faults: ConfigFault[] = [
      ...early,
      ...own,
      ...validateConfiguration(new ConfigView(this.config, gates, this.knowledge)),
    ]
    const fault = faults[0]
    if (fault !== undefined) this.refuse(fault.message, () => this.faultOrigin(fault.field, flags))
  }

  private faultOrigin(field: string, flags: ReadonlyMap<string, FlagValue>): Origin {
    const settings = settingsOf(this.settingsInput(flags, {}))
    return settings.find((setting) => setting.setting === field)?.origin ?? this.fieldOrigin(field)
  }

  /** A wrong type is the fault of the last file that sets the field. */
  private refuseTypes(problems: readonly TypeProblem[]): void {
    const problem = problems[0]
    if (problem === undefined) return
    const { path } = problem
    const strongest = [...this.layers].reverse()
    const layer = strongest.find((candidate) => valueAt(candidate.raw, path) !== undefined) ?? strongest[0]
    if (layer === undefined) return
    const { line, column } = placeOf(layer, path)
    const origin: Origin = { kind: 'file', file: layer.file, host: this.input.host, line, column, path }
    this.refuse(`\`${layer.file}\`: ${problem.message}`, () => origin)
  }

  private refuseGates(errors: readonly string[], flags: ReadonlyMap<string, FlagValue>): void {
    const flag = flags.get('feature-gates')
    this.refuse(errors[0], () =>
      flag === undefined ? this.fieldOrigin('featureGates') : this.flagOrigin(flag),
    )
  }

  /** The first refusal counts: the kubelet stops at it. */
  private refuse(message: string | undefined, origin: () => Origin): void {
    if (message !== undefined && this.refusal === undefined) this.refusal = { message, origin: origin() }
  }

  private fieldOrigin(field: string): Origin {
    const path = field.split('.')
    const layer = [...this.layers]
      .reverse()
      .find((candidate) => getField(candidate.config, path) !== undefined)
    if (layer === undefined)
      return { kind: 'default', component: 'kubelet', detail: this.knowledge.described }
    const { line, column } = placeOf(layer, path)
    return { kind: 'file', file: layer.file, host: this.input.host, line, column, path }
  }

  private flagOrigin(flag: FlagValue | undefined): Origin {
    return this.argumentOrigin(flag?.from.at(-1)?.argIndex ?? 0)
  }

  private argumentOrigin(argIndex: number): Origin {
    return argumentOrigin(this.input, argIndex)
  }

  private settingsInput(flags: ReadonlyMap<string, FlagValue>, table: FlagTable) {
    const { input, layers, knowledge, config } = this
    return { input, layers, knowledge, config, flags, table }
  }

  private effective(flags: ReadonlyMap<string, FlagValue>, table: FlagTable): EffectiveConfig {
    const settings = settingsOf(this.settingsInput(flags, table))
    const base = { component: 'kubelet' as const, host: this.input.host, settings, gaps: this.gaps }
    return this.refusal === undefined ? base : { ...base, refusal: this.refusal }
  }
}

const ALPHA_VARIABLE = 'KUBELET_CONFIG_DROPIN_DIR_ALPHA'
