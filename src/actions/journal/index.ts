/**
 * What everything that acts stands on: a plan of steps, carried out one after another, with every boundary on disk
 * before and after it. Takes steps, gives an outcome and a run that a later process can take up or put back.
 * Does not know what the steps do. Keeps its files in Rampart's own state folder and nowhere else.
 */
export type { Step, StepState } from './step.js'
export type { RunEvent, RunObserver, RunOutcome } from './run-event.js'
export { openJournal, createJournal, readJournal, type Journal } from './journal.js'
export type { JournalEntry } from './journal-entry.js'
export { stepProgress, type RunProgress, type StepProgress } from './step-progress.js'
export { runStep, type StepOptions } from './run-step.js'
export { runSteps } from './run-steps.js'
export { rollBack } from './roll-back.js'
export { stateFolder } from './state-folder.js'
export { createRun, listRuns, openRun, type ListedRun, type Run } from './run.js'
export { acquireLock, type Lock, type LockOwner } from './lock.js'
