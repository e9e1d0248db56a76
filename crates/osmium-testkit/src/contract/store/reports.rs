//! The contract of reports.

use super::{SharedStore, seed};
use crate::builders::NOON;
use crate::contract::Checked;
use osmium_model::{ChatId, MessageId, Report, UserId};
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

fn report(reporter: u64, message: u64, minutes: u32) -> Report {
    Report {
        reporter_id: UserId(reporter),
        chat_id: ChatId(30),
        message_id: MessageId(message),
        author_id: UserId(u64::MAX >> 1),
        text: format!("„text“\r\n{message}"),
        reason: "ä\n'\"".to_owned(),
        reported_at: NOON.plus(MINUTE * minutes),
    }
}

async fn put(store: &SharedStore, reports: &[Report]) -> Checked {
    let mut tx = store.begin(&[]).await?;
    for report in reports {
        tx.put_report(report).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Reports are read as they were written, the newest first, as many as are asked for, up to a time.
pub async fn the_latest_reports_are_listed(store: SharedStore) -> Checked {
    seed::users(&store, [1, 2]).await?;
    let reports = [report(1, 100, 1), report(2, 100, 3), report(1, 101, 2)];
    put(&store, &reports).await?;
    let [first, last, middle] = reports;
    let mut reader = store.read().await?;
    let until = |minutes: u32| NOON.plus(MINUTE * minutes);
    let all = [last, middle.clone(), first.clone()];
    assert_eq!(reader.reports(until(3), 9).await?, all);
    assert_eq!(reader.reports(until(3), 2).await?, all[..2]);
    assert_eq!(reader.reports(until(2), 9).await?, [middle, first]);
    assert_eq!(reader.reports(NOON, 9).await?, []);
    Ok(())
}

/// Of a repeated report, the reason is kept, and nothing else.
pub async fn a_repeated_report_has_a_new_reason(store: SharedStore) -> Checked {
    seed::users(&store, [1]).await?;
    let first = report(1, 100, 1);
    let again = Report {
        text: "edited".to_owned(),
        reason: "another".to_owned(),
        ..report(1, 100, 2)
    };
    put(&store, &[first.clone(), again.clone()]).await?;
    let kept = Report {
        reason: again.reason,
        ..first
    };
    let until = NOON.plus(MINUTE * 9);
    assert_eq!(store.read().await?.reports(until, 9).await?, [kept]);
    Ok(())
}
