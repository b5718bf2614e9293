/** `2026-06-11T19:21:23Z`: UTC, whole seconds. */
export function timestampOf(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
