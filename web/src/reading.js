// How to read the page, and what it cannot say.
import { h, section } from './dom.js';
import { listed, plural, whole } from './format.js';

const item = (title, text) => h('li', {}, h('b', {}, `${title} `), text);

export function reading(result) {
  const { forecast, fit, clock } = result;
  const events = whole(result.used);
  const level = forecast ? Math.round(100 * forecast.interval) : Math.round(100 * (fit?.level ?? 0.95));
  const few = (fit?.hazards ?? []).filter((hazard) => hazard.events < 50);
  return section(
    'reading',
    'How to read this, and its limits',
    null,
    h(
      'ul',
      { class: 'reading' },
      item(
        'Behaviour in a record, not people.',
        `These are estimates from ${events} recorded events. They describe what was reported, by the sources named; they are not judgements of anyone’s character or intentions. Each row says how many events stand behind it.`,
      ),
      forecast
        ? item(
            'A chance is not a verdict.',
            'Of many ties given 20 %, about one in five should rupture. A tie that held at 60 % does not prove the forecast wrong, nor does one that broke at 5 %.',
          )
        : null,
      forecast
        ? item(
            `The ${level} % interval`,
            'shows how far the chance would move within what the data allow for the effects. It does not cover a model that leaves something out, or events that nobody recorded.',
          )
        : null,
      forecast
        ? item(
            'Two simple forecasts stand beside it:',
            'a constant rate for every tie, and one that knows the age of the tie only. A forecast that cannot beat them has not earned its reasons.',
          )
        : null,
      forecast
        ? item(
            'Reasons are factors.',
            'Those above ×1 push towards rupture, those below hold; multiplied, they give how the tie stands against the reference. They are associations in this record, not proven causes.',
          )
        : null,
      forecast
        ? item(
            'Nothing later was used.',
            `Ties, endings, events and actors recorded after ${clock.long(result.as_of)} are masked; what then happened is shown apart.`,
          )
        : null,
      few.length
        ? item(
            'Few cases, wide intervals.',
            `The record holds ${listed(few.map((hazard) => hazard.hazard === 'other' ? plural(hazard.events, 'other ending', 'other endings') : plural(hazard.events, `event of ${hazard.hazard}`, `events of ${hazard.hazard}`)))}. With so few, take the order of magnitude as the message.`,
          )
        : null,
    ),
  );
}
