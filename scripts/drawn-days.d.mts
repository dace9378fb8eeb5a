export const zones: readonly string[]
export function drawnDays(
  now: number,
  random: () => number,
): readonly { readonly moment: number; readonly zone: string }[]
export function clinicMoment(ms: number): string
