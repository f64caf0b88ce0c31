/** A small square picture in a list; where there is none, an empty box, so that rows stay in line. */
export function Thumb({ src, size = 48 }: { src: string | null; size?: number }) {
  const box = { width: size, height: size };
  if (src === null) {
    return (
      <span className="lq-thumb lq-thumb-none" style={box} aria-hidden="true">
        <svg viewBox="0 0 24 24">
          <path d="M4 6h16v12H4zM4 15l4-4 4 4 3-3 5 5" />
        </svg>
      </span>
    );
  }
  // The name stands beside it: to a screen reader the picture would say the same again.
  return <img className="lq-thumb" style={box} src={src} alt="" loading="lazy" decoding="async" />;
}
