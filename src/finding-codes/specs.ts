/** Arguments of the findings about specs and deltas. */
// biome-ignore lint/suspicious/noEmptyInterface: filled as rules are added
export interface SpecFindingArgs {}
