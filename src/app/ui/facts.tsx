/** Facts as names with their values. */

export type Fact = readonly [name: string, value: string];

/** Facts that belong together. */
export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

export function Facts(props: { facts: readonly Fact[]; class?: string }) {
  const { facts, class: className = 'facts' } = props;
  return (
    <dl class={className}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
