/** The canal that gave the product its name: one river, divided and led on. */
export function Canal() {
  const lines = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  return (
    <svg viewBox="0 0 600 900" preserveAspectRatio="xMidYMid slice" fill="none" strokeLinecap="round">
      <rect width="600" height="900" fill="#0a3f99" />
      {lines.map((line) => (
        <path
          key={line}
          d={`M${-40 + line * 26} -20C${80 + line * 22} 260 ${20 + line * 60} 420 ${110 + line * 62} 620S${line * 120 - 160} 860 ${line * 130 - 200} 960`}
          stroke={line % 3 === 0 ? "#91caff" : "#3f7fe0"}
          strokeOpacity={0.25 + line * 0.07}
          strokeWidth={line % 3 === 0 ? 3 : 10}
        />
      ))}
    </svg>
  );
}
