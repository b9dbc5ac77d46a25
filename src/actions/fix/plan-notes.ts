import type { Restart } from './fix-plan.js'

/** What a reader of the plan should know before. `later`: restarts that the plan does not do. */
export function planNotes(later: readonly Restart[]): string[] {
  return later.map(laterWords)
}

function laterWords(restart: Restart): string {
  return `${restart.name} of ${restart.host} is not restarted here; the change is in force once it starts anew (${restart.words}).`
}
