import type { Decision } from '../authorizer.js'

/** Source: kubernetes v1.36.2 apiserver plugin/pkg/authorizer/webhook/webhook.go, newWithBackoff. */
const MOST = 8192

/** Answers by question, each for a time; the least recently used go first. */
export class AnswerCache {
  private readonly answers = new Map<string, { readonly decision: Decision; readonly until: number }>()

  constructor(private readonly now: () => number) {}

  get(key: string): Decision | undefined {
    const found = this.answers.get(key)
    if (found === undefined) return undefined
    this.answers.delete(key)
    if (found.until <= this.now()) return undefined
    this.answers.set(key, found)
    return found.decision
  }

  /** Keeps an answer for some milliseconds; zero keeps nothing. */
  set(key: string, decision: Decision, milliseconds: number): void {
    if (milliseconds <= 0) return
    this.answers.set(key, { decision, until: this.now() + milliseconds })
    if (this.answers.size <= MOST) return
    const [oldest] = this.answers.keys()
    if (oldest !== undefined) this.answers.delete(oldest)
  }
}
