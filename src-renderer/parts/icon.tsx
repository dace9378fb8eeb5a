// The few signs that stand beside a word, never instead of one.
const paths = {
  ok: 'M9.2 16.6 4.6 12l1.4-1.4 3.2 3.2 8.8-8.8L19.4 6.4z',
  warning: 'M12 3 1.8 20.5h20.4zm-1 6h2v6h-2zm0 7.5h2v2h-2z',
  error: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1 5h2v7h-2zm0 8.5h2v2h-2z',
  unknown:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1 14.5h2v2h-2zm1-11a4 4 0 0 0-4 4h2a2 2 0 1 1 3.4 1.4C12 12.3 11 12.8 11 15h2c0-1.2.8-1.8 1.8-2.7A4 4 0 0 0 12 5.5z',
  waiting: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5h-2v6l4.5 2.7 1-1.7-3.5-2.1z',
  next: 'M12.6 4.6 11.2 6l5 5H4v2h12.2l-5 5 1.4 1.4L20 12z',
  voice:
    'M3 9v6h4l5 4V5L7 9zm12-2.5-1.4 1.4a5.8 5.8 0 0 1 0 8.2l1.4 1.4a7.8 7.8 0 0 0 0-11zm-2.8 2.8-1.4 1.4a1.8 1.8 0 0 1 0 2.6l1.4 1.4a3.8 3.8 0 0 0 0-5.4z',
  card: 'M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm2 4v4h5V9zm8 6v1.5h7V15z',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, className }: { readonly name: IconName; readonly className?: string | undefined }) {
  return (
    <svg
      className={className}
      viewBox="0 0 24 24"
      width="1.25em"
      height="1.25em"
      fill="currentColor"
      aria-hidden="true"
    >
      <path d={paths[name]} fillRule="evenodd" />
    </svg>
  )
}
