/** Arguments of the findings about artifacts, tasks, evidence and the verify report. */
// biome-ignore lint/suspicious/noEmptyInterface: filled as rules are added
export interface VerifyFindingArgs {}
