//! The card below the readout: how a run ended, what could not be read, and what to do next.

use descent::run::{Cause, Status};

use super::say::Voice;
use super::{Card, Houses, MOST_MOVED};
use crate::kit::{OptimizerKind, Stepping as _};
use crate::readout::{Notice, NoticeKind};
use crate::words::Language;

impl Houses {
    /// What is to be told just now: a mistake first, then how the run ended.
    pub(super) fn notice(&self, voice: &Voice<'_>, language: Language) -> Option<Notice> {
        let say = voice.say;
        let [standardize, close] = say.buttons().map(str::to_owned);
        let close = Some(("dismiss", close));
        if let Some((error, _)) = &self.trouble {
            let sheet = &self.ground.sheet;
            let shown = say.still((!sheet.known).then_some(sheet.label.as_str()));
            return Some(Notice::new(
                NoticeKind::Error,
                say.unusable(),
                format!("{} {shown}", say.data_error(error)),
                close,
            ));
        }
        if let Some(told) = self.card {
            let [title, text] = match told {
                Card::Borrowed => say.borrowed().map(str::to_owned),
                Card::EnoughMoved => say.enough_moved(self.things(), MOST_MOVED),
            };
            return Some(Notice::new(NoticeKind::Info, title, text, close));
        }
        let [best, miss] = self.misses().map(|v| voice.amount(voice.rounded(v)));
        let [settled, away, needle] = say.card_titles();
        let is_best = self.fit.is_best(self.here());
        let Some(verdict) = self.walk.verdict() else {
            let here = is_best && self.walk.length() == 0;
            return here.then(|| Notice::new(NoticeKind::Converged, settled, say.settled(&miss, 0), None));
        };
        let (cause, kit) = (&verdict.cause, language.kit());
        let raw = !self.settings.standardize && self.settings.optimizer != OptimizerKind::Adam;
        let exact = Some(("exact", say.controls()[4].to_owned()));
        Some(match verdict.status {
            Status::Converged if is_best => {
                Notice::new(NoticeKind::Converged, settled, say.settled(&miss, self.walk.steps()), None)
            }
            Status::Converged => Notice::new(NoticeKind::Converged, settled, kit.cause(cause), None),
            Status::Diverged => self.ran_away(away, &kit.cause(cause), voice),
            Status::Stalled if matches!(cause, Cause::Creeping { .. }) && raw && self.fit.curved => {
                let [steep, flat] = self.fit.curvatures;
                let text = say.needle(&voice.locale.significant(steep / flat, 2), &miss, &best);
                Notice::new(NoticeKind::Stalled, needle, text, Some(("standardize", standardize)))
            }
            Status::Stalled => {
                Notice::new(NoticeKind::Stalled, kit.ended(cause), say.elsewhere(cause, &miss, &best), exact)
            }
            _ => Notice::new(NoticeKind::Info, kit.ended(cause), say.elsewhere(cause, &miss, &best), exact),
        })
    }

    /// What went wrong, and a rate that helps. A limit is only named where there is one and the present rate is above it.
    fn ran_away(&self, title: &str, happened: &str, voice: &Voice<'_>) -> Notice {
        let (say, kind) = (voice.say, self.settings.optimizer);
        let name = say.optimizer(kind);
        let (limit, now) = (self.fit.limit(kind), voice.locale.trimmed(self.rate(), 3));
        let why = match limit {
            Some(limit) if self.rate() > limit => {
                say.above_limit(name, &voice.locale.significant(limit, 3), &now, !self.settings.standardize)
            }
            _ => say.too_large(name, &now),
        };
        let label = say.smaller(&voice.locale.trimmed(self.fit.safe_rate(kind), 3), limit.is_some());
        Notice::new(NoticeKind::Diverged, title, format!("{happened} {why}"), Some(("safeRate", label)))
    }
}
