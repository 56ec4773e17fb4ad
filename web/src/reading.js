// How to read the page, and what it cannot say.
import { h, section } from './dom.js';
import { listed, plural } from './format.js';

const item = (title, text) => h('li', {}, h('b', {}, `${title} `), text);

function of_forecast(result) {
  const { forecast, clock } = result;
  const level = Math.round(100 * forecast.interval);
  return [
    item(
      'A chance is not a verdict.',
      'Of many ties given 20 %, about one in five should rupture. A tie that held at 60 % does not prove the forecast wrong, nor does one that broke at 5 %.',
    ),
    item(
      `The ${level} % interval`,
      'shows how far the chance would move within what the data allow for the effects. It does not cover a model that leaves something out, or events that nobody recorded.',
    ),
    item(
      'Two simple forecasts stand beside it:',
      'a constant rate for every tie, and one that knows the age of the tie only. A forecast that cannot beat them has not earned its reasons.',
    ),
    item(
      'Reasons are factors.',
      'Those above ×1 push towards rupture, those below hold; multiplied, they give how the tie stands against the reference. They are associations in this record, not proven causes.',
    ),
    item(
      'Nothing later was used.',
      `Ties, endings, events and actors recorded after ${clock.long(result.as_of)} are masked; what then happened is shown apart.`,
    ),
  ];
}

function of_backtest({ backtest, clock }) {
  return [
    item(
      'Nothing later was used.',
      'On each date everything recorded afterwards is masked and the model is fitted again to the rest. What it then said is compared with what followed.',
    ),
    item(
      'Log loss and Brier score',
      'punish a forecast for being far from what happened, log loss without mercy for being sure and wrong. Lower is better; what counts is the distance to the simplest forecasts.',
    ),
    item(
      'AUC and concordance',
      'ask for the order alone: .5 is a coin, 1 is perfect. A forecast can have the right order and the wrong level.',
    ),
    item(
      'Skill or luck.',
      'An interval that holds nought, or the score of a coin, means that luck could give the same. That is no proof of no skill either: with few ruptures, little can be proved.',
    ),
    item(
      'A record of one past.',
      `What worked from ${clock.long(clock.time(backtest.from))} to ${clock.long(clock.time(backtest.to))} need not work later, and whoever builds a model has heard of that past.`,
    ),
  ];
}

const of_profile = () => [
  item(
    'Compared with the others on record.',
    'Values are standard deviations between actors: +1 is about one step above the average actor of this record, and says nothing about anyone outside it.',
  ),
  item(
    'The interval comes first.',
    'Two actors whose intervals overlap have not been told apart. An actor is drawn towards the average by as much as its own events leave open.',
  ),
  item(
    'Reported acts.',
    'Who is watched more is recorded more. An actor’s silence in the record may be the silence of its sources.',
  ),
];

const of_listing = () => [
  item(
    'Strength is not safety.',
    'It adds up what was done lately, and fades. What it means for a rupture is for a forecast to say.',
  ),
];

export function reading(result) {
  const { forecast, fit, backtest, profile, listing } = result;
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
        `These are estimates from ${result.evidence}. They describe what was reported, by the sources named; they are not judgements of anyone’s character or intentions.${forecast || profile || listing ? ' Each row says how many events stand behind it.' : ''}`,
      ),
      forecast ? of_forecast(result) : null,
      backtest ? of_backtest(result) : null,
      profile ? of_profile() : null,
      listing ? of_listing() : null,
      few.length
        ? item(
            'Few cases, wide intervals.',
            `The record holds ${listed(few.map((hazard) => (hazard.hazard === 'other' ? plural(hazard.events, 'other ending', 'other endings') : plural(hazard.events, `event of ${hazard.hazard}`, `events of ${hazard.hazard}`))))}. With so few, take the order of magnitude as the message.`,
          )
        : null,
    ),
  );
}
