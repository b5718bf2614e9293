/** JSON with sorted keys, so that the order of keys does not matter. */
export function canonicalJson(data: unknown): string {
  if (typeof data !== 'object' || data === null) return JSON.stringify(data)
  if (Array.isArray(data)) return `[${data.map(canonicalJson).join(',')}]`
  const entries = Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`).join(',')}}`
}
