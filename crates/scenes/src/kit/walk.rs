//! A run as a widget holds it: `descent`'s own, and a place to stand on where no run can begin.

use descent::optimizer::Optimizer;
use descent::run::{Options, Path, Problem, Record, RecordedMove, ReplayError, Run, Snapshot, Status, Verdict, Way};

use super::json::Json;
use super::marks::{Mark, Past, Phase, Point};
use super::settings::Refusal;
use crate::choices;

/// Past places that are drawn.
const TRAIL: usize = 12;

choices! {
    /// The optimisers that widgets offer.
    pub enum OptimizerKind {
        /// Plain gradient descent.
        Sgd / "sgd": "Plain" | "Einfach",
        /// With a velocity that keeps nine tenths of itself.
        Momentum / "momentum": "Momentum" | "Momentum",
        /// Adam with its usual settings.
        Adam / "adam": "Adam" | "Adam",
    }
}

impl OptimizerKind {
    /// The optimiser with this learning rate.
    pub fn at_rate(self, rate: f64) -> Optimizer {
        match self {
            Self::Sgd => Optimizer::sgd(rate),
            Self::Momentum => Optimizer::momentum(rate),
            Self::Adam => Optimizer::adam(rate),
        }
    }

    /// Its own of three words.
    pub fn pick<T>(self, [sgd, momentum, adam]: [T; 3]) -> T {
        match self {
            Self::Sgd => sgd,
            Self::Momentum => momentum,
            Self::Adam => adam,
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Sgd, Self::Momentum, Self::Adam].into_iter().find(|kind| kind.word() == word)
    }
}

/// A run as the shell drives it.
pub trait Stepping {
    /// Takes one step; whether it was taken.
    fn step(&mut self) -> bool;
    /// Whether a step can be taken.
    fn can_step(&self) -> bool;
    /// Takes moves back and forgets them; how many there were, a refused step among them.
    fn step_back(&mut self, count: u64) -> u64;
    /// Whether there is something to take back.
    fn can_step_back(&self) -> bool;
    /// Shows the state after so many moves.
    fn scrub(&mut self, step: u64);
    /// Moves made up to now.
    fn moves(&self) -> u64;
    /// The number of the step that led here; none where it was no step, or where the next one was changed since.
    fn step_here(&self) -> Option<u64>;
    /// Moves there are, those ahead included.
    fn length(&self) -> u64;
    /// Says that steps follow one another by themselves, or no longer do.
    fn set_driven(&mut self, driven: bool);
    /// Where the run stands.
    fn status(&self) -> Status;
    /// How the run ended, if it has.
    fn verdict(&self) -> Option<&Verdict>;
    /// What a state keeps of it.
    fn record(&self) -> Json;
}

/// A run over a problem, or a place where the problem has no finite value or slope.
#[derive(Clone, Debug)]
pub struct Walk<P> {
    problem: P,
    options: Options,
    optimizer: Optimizer,
    place: Vec<f64>,
    run: Option<Run<P>>,
    /// The run with what lies ahead, while one looks back at a state whose settings were others than those of now: `run` then ends
    /// here and would go on with those of now.
    ahead: Option<Run<P>>,
}

impl<P: Problem + Clone> Walk<P> {
    /// Its losses step by step; where no walk can begin, the loss of the place alone, if it has one.
    pub fn losses(&self, here: Option<f64>) -> Vec<Point> {
        /// More are no wider than a picture.
        const MOST: usize = 600;
        let path = self.path(MOST);
        if path.steps.is_empty() {
            return here.map(|loss| (0.0, loss)).into_iter().collect();
        }
        path.steps.iter().zip(&path.values).map(|(step, value)| (*step as f64, *value)).collect()
    }

    /// Of a walk along one parameter the past places behind this one; where a step went from one side of a valley to the other, a chord.
    pub fn trail(&self, here: (f64, Option<f64>), phase: Phase) -> Mark {
        let skipped = if phase.waits() { 2 } else { 1 };
        let states: Vec<_> = self.recent(TRAIL + skipped).collect();
        let slope_of = |state: &Snapshot| state.gradient.first().copied().unwrap_or(0.0);
        let by_step = |state: &Snapshot| matches!(state.way, Way::Step { .. });
        let past = states.iter().enumerate().skip(skipped).map(|(age, state)| {
            let x = state.point.first().copied().unwrap_or(0.0);
            let later = age.checked_sub(1).and_then(|i| states.get(i));
            let crossed = later.is_some_and(|later| by_step(later) && slope_of(state) * slope_of(later) < 0.0);
            Past { at: (x, Some(state.value)), crossed }
        });
        Mark::Trail {
            here,
            fade: if let Phase::Sliding(share) = phase { 1.0 - share } else { 0.0 },
            whole: self.moves() < (TRAIL + skipped) as u64,
            past: past.collect(),
        }
    }
}

impl<P: Problem + Clone> Walk<P> {
    /// A walk that begins here. Widgets go on past verdicts, so that what they say is what a program is told after as many steps.
    pub fn new(problem: P, at: &[f64], optimizer: Optimizer, options: Options) -> Self {
        let options = Options { keep_going: true, ..options };
        let run = Run::new(problem.clone(), at, optimizer, options).ok();
        Self { problem, options, optimizer, place: at.to_vec(), run, ahead: None }
    }

    /// Begins anew from another place.
    pub fn restart(&mut self, at: &[f64]) {
        *self = Self::new(self.problem.clone(), at, self.optimizer, self.options);
    }

    /// Moves by hand, as one move of the same walk; whether the place can be stood on.
    pub fn leap(&mut self, to: &[f64], same: bool) -> bool {
        match &mut self.run {
            Some(run) => {
                let leapt = (if same { run.leap_on(to) } else { run.leap(to) }).is_ok();
                if leapt {
                    self.ahead = None;
                }
                leapt
            }
            None => {
                self.restart(to);
                true
            }
        }
    }

    /// Another optimiser from here on.
    pub fn set_optimizer(&mut self, optimizer: Optimizer) {
        if optimizer.check().is_err() {
            return;
        }
        self.optimizer = optimizer;
        if self.run.is_none() {
            self.restart(&self.place.clone());
        }
        self.look(|_| ());
    }

    /// Goes elsewhere in the walk. The settings of now hold for the next step wherever one looks; what lies ahead is forgotten when that
    /// step is taken, not before.
    fn look<T: Default>(&mut self, go: impl FnOnce(&mut Run<P>) -> T) -> T {
        let Some(mut whole) = self.ahead.take().or_else(|| self.run.take()) else { return T::default() };
        let gone = go(&mut whole);
        let at_end = whole.now().step == whole.length();
        if at_end || *whole.optimizer() == self.optimizer {
            // It was checked when it was set.
            let _ = whole.set_optimizer(self.optimizer);
            self.run = Some(whole);
        } else {
            let mut here = whole.fork();
            let _ = here.set_optimizer(self.optimizer);
            (self.run, self.ahead) = (Some(here), Some(whole));
        }
        gone
    }

    /// Where it stands.
    pub fn here(&self) -> &[f64] {
        self.run.as_ref().map_or(&self.place, |run| &run.now().point)
    }

    /// Where it began.
    pub fn start(&self) -> &[f64] {
        self.run.as_ref().map_or(&self.place, |run| run.start())
    }

    /// The state now, where there is a run.
    pub fn now(&self) -> Option<&Snapshot> {
        self.run.as_ref().map(Run::now)
    }

    /// The state one move before, where it is kept.
    pub fn before(&self) -> Option<&Snapshot> {
        self.run.as_ref().and_then(Run::before)
    }

    /// Where the next step leads, if a step can be taken.
    pub fn next(&self) -> Option<Snapshot> {
        self.run.as_ref().and_then(Run::next)
    }

    /// The newest states, newest first.
    pub fn recent(&self, count: usize) -> impl Iterator<Item = &Snapshot> {
        self.run.iter().flat_map(move |run| run.recent(count))
    }

    /// The way so far in at most so many states.
    pub fn path(&self, most: usize) -> Path {
        match &self.run {
            Some(run) => run.path(most),
            None => Path::default(),
        }
    }

    /// Steps of the optimiser up to now.
    pub fn steps(&self) -> u64 {
        self.run.as_ref().map_or(0, Run::steps)
    }

    /// Leaps by hand up to now.
    pub fn leaps(&self) -> u64 {
        self.run.as_ref().map_or(0, Run::leaps)
    }

    /// The optimiser of the next step.
    pub fn optimizer(&self) -> &Optimizer {
        &self.optimizer
    }

    /// The problem.
    pub fn problem(&self) -> &P {
        &self.problem
    }

    /// Walks again what a state holds.
    ///
    /// # Errors
    /// `E_STATE` with the reason.
    pub fn replay(&mut self, walk: &Json) -> Result<(), Refusal> {
        let record = read_record(walk, self.problem.dimension())?;
        if record.moves.is_empty() && !record.refused {
            self.restart(&record.start);
            return Ok(());
        }
        let run = Run::replay(self.problem.clone(), &record, self.optimizer, self.options)
            .map_err(|error| unwalkable(Unwalkable::Refused(error)))?;
        self.place = record.start;
        (self.run, self.ahead) = (Some(run), None);
        Ok(())
    }
}

impl<P: Problem + Clone> Stepping for Walk<P> {
    fn step(&mut self) -> bool {
        self.ahead = None;
        self.run.as_mut().is_some_and(Run::step)
    }
    fn can_step(&self) -> bool {
        let over =
            |run: &Run<P>| matches!(run.status(), Status::Diverged) || run.now().step >= descent::run::MOST_STEPS;
        self.run.as_ref().is_some_and(|run| !over(run) && run.next().is_some())
    }
    fn step_back(&mut self, count: u64) -> u64 {
        self.look(|run| run.step_back(count))
    }
    fn can_step_back(&self) -> bool {
        self.run
            .as_ref()
            .is_some_and(|run| run.now().step > 0 || run.verdict().is_some_and(|v| v.step > run.now().step))
    }
    fn scrub(&mut self, step: u64) {
        self.look(|run| run.scrub(step));
    }
    fn moves(&self) -> u64 {
        self.run.as_ref().map_or(0, |run| run.now().step)
    }
    fn step_here(&self) -> Option<u64> {
        let now = self.run.as_ref()?.now();
        (matches!(now.way, Way::Step { .. }) && !now.is_resettled()).then(|| self.steps())
    }
    fn length(&self) -> u64 {
        self.ahead.as_ref().or(self.run.as_ref()).map_or(0, Run::length)
    }
    fn set_driven(&mut self, driven: bool) {
        if let Some(run) = &mut self.run {
            run.set_driven(driven);
        }
    }
    fn status(&self) -> Status {
        match self.run.as_ref().map_or(Status::Idle, Run::status) {
            // There are steps, though they lie ahead.
            Status::Idle if self.ahead.is_some() => Status::Paused,
            status => status,
        }
    }
    fn verdict(&self) -> Option<&Verdict> {
        self.run.as_ref().and_then(Run::verdict)
    }
    fn record(&self) -> Json {
        match &self.run {
            Some(run) => write_record(&run.record()),
            None => Json::object([("start", self.place.clone().into())]),
        }
    }
}

fn write_record(record: &Record) -> Json {
    let moves = record.moves.iter().map(|one| match one {
        RecordedMove::Steps { optimizer, count } => Json::object([
            ("kind", "steps".into()),
            ("optimizer", optimizer.kind().into()),
            ("learningRate", optimizer.learning_rate().into()),
            ("count", (*count as f64).into()),
        ]),
        RecordedMove::Leap { to } => Json::object([("kind", "leap".into()), ("to", to.clone().into())]),
    });
    let mut properties =
        vec![("start".to_owned(), record.start.clone().into()), ("moves".to_owned(), Json::List(moves.collect()))];
    if record.refused {
        properties.push(("refused".to_owned(), true.into()));
    }
    Json::Object(properties)
}

/// Why a saved walk cannot be walked again.
#[derive(Clone, Debug, PartialEq)]
pub enum Unwalkable {
    /// A place that is none.
    Place,
    /// Steps without an optimiser, a rate and a number.
    Steps,
    /// A move of no kind that is known.
    Move,
    /// It leads where no run can go.
    Refused(ReplayError),
}

fn unwalkable(why: Unwalkable) -> Refusal {
    Refusal::new("E_STATE", "", |language| language.kit().cannot_walk(&why))
}

fn read_record(walk: &Json, dimension: usize) -> Result<Record, Refusal> {
    let point = |value: Option<&Json>| {
        value.and_then(Json::numbers).filter(|p| p.len() == dimension).ok_or_else(|| unwalkable(Unwalkable::Place))
    };
    let start = point(walk.get("start"))?;
    let mut moves = Vec::new();
    for one in walk.get("moves").and_then(Json::list).unwrap_or_default() {
        moves.push(match one.get("kind").and_then(Json::text) {
            Some("leap") => RecordedMove::Leap { to: point(one.get("to"))? },
            Some("steps") => {
                let kind = one.get("optimizer").and_then(Json::text).and_then(OptimizerKind::of);
                let rate = one.get("learningRate").and_then(Json::number);
                let count = one.get("count").and_then(Json::count).filter(|count| *count > 0);
                match (kind, rate, count) {
                    (Some(kind), Some(rate), Some(count)) => {
                        RecordedMove::Steps { optimizer: kind.at_rate(rate), count }
                    }
                    _ => return Err(unwalkable(Unwalkable::Steps)),
                }
            }
            _ => return Err(unwalkable(Unwalkable::Move)),
        });
    }
    Ok(Record { start, moves, refused: walk.get("refused") == Some(&Json::Bool(true)) })
}
