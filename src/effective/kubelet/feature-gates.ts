import type { KubeletKnowledge } from './knowledge.js'

const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['AllAlpha', 'ALPHA'],
  ['AllBeta', 'BETA'],
])

/**
 * The feature gates of a kubelet as they are set step by step: what one step enabled for AllAlpha or AllBeta stays.
 * Source: k8s.io/component-base v0.36.2 featuregate/feature_gate.go, SetFromMap, unsafeSetFromMap, setUnsetAlphaGates.
 */
export class FeatureGates {
  private enabledGates = new Map<string, boolean>()
  private raw = new Map<string, boolean>()

  constructor(private readonly knowledge: KubeletKnowledge) {}

  copy(): FeatureGates {
    const copy = new FeatureGates(this.knowledge)
    copy.enabledGates = new Map(this.enabledGates)
    copy.raw = new Map(this.raw)
    return copy
  }

  /** Sets gates on top of those set before; gives what the kubelet objects to, and then changes nothing. */
  set(gates: ReadonlyMap<string, boolean>): string[] {
    for (const [name, on] of gates) this.raw.set(name, on)
    const enabled = new Map(this.enabledGates)
    const errors = this.apply(enabled)
    if (errors.length === 0) this.enabledGates = enabled
    return errors
  }

  /** Whether a gate is on; undefined for a gate that this version does not know. */
  enabled(name: string): boolean | undefined {
    return this.enabledIn(this.enabledGates, name)
  }

  private apply(enabled: Map<string, boolean>): string[] {
    const errors: string[] = []
    for (const [name, on] of this.raw) {
      const stage = SPECIAL.get(name)
      const spec = this.spec(name)
      if (stage !== undefined) this.setStage(enabled, stage, on)
      else if (spec === undefined) {
        if (this.knowledge.exact) return [...errors, `unrecognized feature gate: ${name}`]
      } else if (this.knowledge.exact && spec.locked === true && spec.default !== on) {
        errors.push(`cannot set feature gate ${name} to ${on}, feature is locked to ${spec.default}`)
        continue
      }
      enabled.set(name, on)
    }
    return errors.length > 0 ? errors : this.unmetDependencies(enabled)
  }

  private setStage(enabled: Map<string, boolean>, stage: string, on: boolean): void {
    for (const [name, spec] of Object.entries(this.knowledge.gates)) {
      if (spec.stage === stage && !SPECIAL.has(name) && !enabled.has(name)) enabled.set(name, on)
    }
  }

  private unmetDependencies(enabled: Map<string, boolean>): string[] {
    const errors: string[] = []
    if (!this.knowledge.exact) return errors
    for (const [name, needs] of Object.entries(this.knowledge.dependencies)) {
      if (this.enabledIn(enabled, name) !== true) continue
      const off = needs.filter((need) => this.enabledIn(enabled, need) === false)
      if (off.length > 0) {
        errors.push(`${name} is enabled, but depends on features that are disabled: ${off.join(' ')}`)
      }
    }
    return errors
  }

  private enabledIn(enabled: ReadonlyMap<string, boolean>, name: string): boolean | undefined {
    return enabled.get(name) ?? this.spec(name)?.default
  }

  private spec(name: string): KubeletKnowledge['gates'][string] | undefined {
    return Object.hasOwn(this.knowledge.gates, name) ? this.knowledge.gates[name] : undefined
  }
}
